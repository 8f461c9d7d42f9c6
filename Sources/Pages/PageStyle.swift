/// The stylesheet of all pages.
///
/// Colours are variables, so that charts follow the reader's light or dark setting. The tones `t1` to `t4` are distinguished under
/// the common colour deficiencies and have a contrast of at least 4.5 to 1 with the background; shapes and labels repeat what
/// they say.
enum PageStyle {
    static let text = variables + layout + tables + charts + details + print

    private static let variables = """
        :root{--paper:#fdfdfb;--raised:#f3f3ee;--ink:#1b1d20;--dim:#5b6068;--line:#d8d8d0;--grid:#e6e6df;
        --t1:#0a5ca8;--t2:#b35300;--t3:#00735c;--t4:#8a3f99;--good:#00694f;--bad:#a8231f;--warn:#855800;
        --sans:"Inter","Helvetica Neue",system-ui,-apple-system,"Segoe UI",Roboto,Arial,sans-serif;
        --mono:ui-monospace,"SF Mono","Cascadia Mono","DejaVu Sans Mono",Menlo,Consolas,monospace}
        @media(prefers-color-scheme:dark){:root{--paper:#15171a;--raised:#1e2126;--ink:#e8e8e4;--dim:#a3a8b0;--line:#3a3e45;--grid:#2a2d33;
        --t1:#6db6f7;--t2:#f2a65a;--t3:#52cba8;--t4:#d59be6;--good:#5bd1a9;--bad:#ff8d85;--warn:#e8bf5c}}

        """

    private static let layout = """
        *{box-sizing:border-box}
        html{-webkit-text-size-adjust:100%}
        body{margin:0;background:var(--paper);color:var(--ink);font:16.5px/1.55 var(--sans);font-variant-numeric:tabular-nums lining-nums;
        text-rendering:optimizeLegibility}
        main{max-width:70rem;margin:0 auto;padding:3.5rem 1.5rem 6rem}
        header{margin-bottom:3rem}
        .kicker{margin:0 0 .6rem;color:var(--dim);font-size:.86rem;letter-spacing:.02em}
        h1{font-size:clamp(1.85rem,4.4vw,3rem);line-height:1.1;letter-spacing:-.022em;font-weight:700;margin:0 0 1.2rem;max-width:22em;
        text-wrap:balance}
        h2{font-size:1.55rem;line-height:1.2;letter-spacing:-.014em;margin:0 0 .7rem;text-wrap:balance}
        h3{font-size:1.05rem;line-height:1.35;margin:2rem 0 .4rem}
        section{margin-top:4rem;padding-top:1.6rem;border-top:1px solid var(--line)}
        p,ul,ol{max-width:42rem;margin:0 0 1rem}
        .lead{font-size:1.16rem;line-height:1.5;max-width:40rem}
        .dim{color:var(--dim)}
        h1,h2,h3,p,li{overflow-wrap:break-word}
        code{font-family:var(--mono);font-size:.88em;overflow-wrap:anywhere}
        .good{color:var(--good)}.bad{color:var(--bad)}.warn{color:var(--warn)}
        .verdict{font-weight:600;white-space:nowrap}
        .nb{white-space:nowrap}
        .numbers{display:grid;grid-template-columns:repeat(auto-fit,minmax(13rem,1fr));gap:1px;background:var(--line);
        border:1px solid var(--line);margin:2rem 0 0;padding:0;list-style:none;max-width:none}
        .numbers li{background:var(--paper);padding:1rem 1.1rem 1.1rem}
        .numbers b{display:block;font-size:2rem;line-height:1.15;font-weight:650;letter-spacing:-.02em}
        .numbers span{color:var(--dim);font-size:.93rem;line-height:1.4;display:block;margin-top:.2rem}
        .plain{list-style:none;padding:0}
        .plain li{padding:.55rem 0;border-top:1px solid var(--grid)}
        .aside{border-left:3px solid var(--warn);padding:.1rem 0 .1rem 1rem;margin:1.4rem 0;max-width:42rem}
        .aside.bad{border-color:var(--bad);color:inherit}
        .aside>:last-child{margin-bottom:0}
        @media(max-width:640px){main{padding:2rem 1rem 4rem}body{font-size:16px}section{margin-top:3rem}
        .numbers{grid-template-columns:1fr 1fr}.numbers li{padding:.8rem}.numbers b{font-size:1.6rem}}

        """

    private static let tables = """
        .scroll{overflow-x:auto;margin:.8rem 0 1.4rem}
        .scroll:focus-visible{outline:2px solid var(--t1);outline-offset:2px}
        table{border-collapse:collapse;font-size:.9rem;line-height:1.35;min-width:min(100%,30rem)}
        caption{text-align:left;font-weight:600;padding:0 0 .5rem}
        caption span{display:block;max-width:min(42rem,100vw - 3rem)}
        th,td{padding:.36rem 1.1rem .36rem 0;text-align:left;vertical-align:top}
        td:last-child,th:last-child{padding-right:0}
        thead th{border-bottom:1.5px solid var(--ink);font-weight:600;vertical-align:bottom;white-space:nowrap}
        tbody th{font-weight:500;white-space:nowrap}
        tbody tr+tr>*{border-top:1px solid var(--grid)}
        tbody tr.group>*{border-top:1.5px solid var(--line)}
        .n{text-align:right;white-space:nowrap}
        .m{font-family:var(--mono);font-size:.85em;white-space:nowrap}
        td.t{min-width:7.5rem}td.long{min-width:17rem}
        .bars{display:flex;width:min(17rem,34vw);height:.8em;margin-top:.25em}
        .bar{background:var(--tone);min-width:2px}
        @media(max-width:640px){thead th{white-space:normal}th,td{padding-right:.9rem}}

        """

    private static let charts = """
        figure{margin:1.8rem 0 .7rem}
        figcaption{max-width:42rem;color:var(--dim);font-size:.93rem;line-height:1.5;margin-top:.6rem}
        figcaption b{color:var(--ink)}
        .panels{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,20rem),1fr));gap:1.6rem 1.6rem}
        .panel h3{margin:0 0 .1rem;font-size:1rem}
        svg{display:block;width:100%;height:auto;overflow:visible}
        svg text{font:12px/1 var(--sans);fill:var(--ink)}
        svg .tick,svg .axis{fill:var(--dim)}
        svg .strong{font-weight:650}
        svg .grid{stroke:var(--grid);stroke-width:1}
        svg .zero{stroke:var(--ink);stroke-width:1}
        svg .rule{stroke:var(--dim);stroke-width:1;stroke-dasharray:4 3;fill:none}
        svg .stripe{stroke:var(--paper);stroke-width:2}
        svg .leader{stroke:var(--dim);stroke-width:.75}
        svg .halo{paint-order:stroke;stroke:var(--paper);stroke-width:3px;stroke-linejoin:round}
        .t1{--tone:var(--t1)}.t2{--tone:var(--t2)}.t3{--tone:var(--t3)}.t4{--tone:var(--t4)}.t5{--tone:var(--dim)}
        svg .mark{fill:var(--tone)}
        svg .open{fill:var(--paper);stroke:var(--tone);stroke-width:2}
        svg .path{fill:none;stroke:var(--tone);stroke-width:2}
        svg .thin{stroke-width:1.25}
        svg text.toned{fill:var(--tone)}
        .narrow{display:none;max-width:36rem}
        @media(max-width:1000px){.narrow{display:block}.wide{display:none}}
        .legend{display:flex;flex-wrap:wrap;gap:.3rem 1.4rem;list-style:none;padding:0;margin:0 0 1rem;font-size:.93rem;max-width:none}
        .legend li{display:flex;align-items:center;gap:.45rem}
        .legend svg,.legend .bar{width:16px;height:16px;flex:none}
        .panel svg{max-width:30rem}

        """

    private static let details = """
        details{margin:.5rem 0 2rem}
        summary{cursor:pointer;color:var(--dim);font-size:.93rem;width:max-content;max-width:100%}
        summary:focus-visible{outline:2px solid var(--t1);outline-offset:2px}
        .cause p{margin:0;max-width:none}
        .cause{border-left:3px solid var(--bad);padding:.1rem 0 .1rem 1rem;margin:.8rem 0;max-width:52rem}

        """

    /// Black on white whatever the screen has, everything unfolded and nothing scrolled: paper cannot do that.
    private static let print = """
        @page{margin:14mm}
        @media print{:root{--paper:#fff;--raised:#fff;--ink:#000;--dim:#333;--line:#999;--grid:#ccc;--t1:#0a5ca8;--t2:#b35300;--t3:#00735c;
        --t4:#8a3f99;--good:#00694f;--bad:#a8231f;--warn:#855800;color-scheme:light}
        body{font-size:10.5pt}main{max-width:none;padding:0}section{margin-top:2rem}h1{font-size:2rem}
        h2,h3,caption,summary{break-after:avoid}figure,.panel,.aside,.cause,.numbers,.legend,svg,tr{break-inside:avoid}
        thead{display:table-header-group}.scroll{overflow:visible}table{font-size:8.5pt;min-width:0;max-width:100%}
        th,td,thead th,tbody th,.n,.m{white-space:normal;overflow-wrap:break-word}td.t,td.long{min-width:0}.m{overflow-wrap:anywhere}
        .numbers{grid-template-columns:repeat(4,1fr)}
        th,td{padding-right:.6rem}caption span{max-width:none}.m,td code,th code{font-size:1em}.bars{width:9rem}
        .narrow{display:block;max-width:28rem}.wide{display:none}
        .bar,.mark,svg{-webkit-print-color-adjust:exact;print-color-adjust:exact}
        details>*{display:block}details::details-content{content-visibility:visible;block-size:auto;display:block}summary{list-style:none}}

        """
}
