// Measures pages in frames: layout boxes, fonts, contrasts, bars. The test composes a document of frames (iframe[data-name]) and this
// script; the result is left as base64 in #measured.
'use strict';

// Lays findings of one frame down: what is wrong, and how much was looked at.
function measure(frame) {
  // Pixels: paper takes smaller letters than a phone.
  const least = frame.dataset.name.endsWith('print') ? 11.2 : 11.95;
  const document = frame.contentDocument, view = frame.contentWindow, width = frame.clientWidth;
  const findings = [], counts = {texts: 0, charts: 0, bars: 0, tables: 0};
  const name = e => e.tagName.toLowerCase() + (e.getAttribute('class') ? '.' + e.getAttribute('class') : '') + ' "' + e.textContent.trim().slice(0, 40) + '"';
  const shown = e => e.getClientRects().length > 0 && view.getComputedStyle(e).visibility === 'visible';
  const all = [...document.body.querySelectorAll('*')].filter(e => !['title', 'desc', 'style'].includes(e.tagName.toLowerCase()) && shown(e));

  // Nothing sticks out of the window, but for what lies in a box that scrolls.
  if (document.documentElement.scrollWidth > width) findings.push('width: the page is ' + document.documentElement.scrollWidth + ' wide');
  for (const e of all) {
    const style = view.getComputedStyle(e);
    const box = e.parentElement.closest('.scroll');
    const scrolls = box && view.getComputedStyle(box).overflowX === 'auto';
    const r = e.getBoundingClientRect();
    if (!scrolls && (r.right > width + 0.5 || r.left < -0.5)) findings.push('width: ' + name(e) + ' from ' + r.left + ' to ' + r.right);
    if (['hidden', 'clip'].includes(style.overflowX) && e.scrollWidth > e.clientWidth + 1) findings.push('cut: ' + name(e));
    if (e.tagName === 'TABLE') counts.tables += 1;
  }

  // Texts of a chart keep clear of one another. A line's box has room above and below its letters, which may touch.
  for (const chart of all.filter(e => e.tagName === 'svg' && e.getAttribute('role') === 'img')) {
    counts.charts += 1;
    const boxes = [...chart.querySelectorAll('text')].map(e => {
      const r = e.getBoundingClientRect(), air = r.height * 0.18;
      return {e, left: r.left, right: r.right, top: r.top + air, bottom: r.bottom - air};
    });
    boxes.forEach((a, i) => boxes.slice(i + 1).forEach(b => {
      if (a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom) {
        findings.push('overlap: ' + name(a.e) + ' and ' + name(b.e) + ' in ' + chart.getAttribute('aria-label'));
      }
    }));
    // Bars of a chart have one scale.
    const bars = [...chart.querySelectorAll('[data-value]')].map(e => ({
      value: Math.abs(parseFloat(e.getAttribute('data-value'))), length: e.getBoundingClientRect().width}));
    const longest = bars.reduce((a, b) => b.value > a.value ? b : a, {value: 0, length: 0});
    for (const bar of bars) {
      counts.bars += 1;
      if (Math.abs(bar.length - bar.value / longest.value * longest.length) > 1.5) findings.push('bar: ' + bar.value + ' has ' + bar.length);
    }
  }
  // Bars in tables fill their share of the cell; the least one has two pixels, which the others give.
  for (const row of all.filter(e => e.classList.contains('bars'))) {
    const whole = parseFloat(row.getAttribute('data-whole')), room = row.getBoundingClientRect().width;
    for (const e of row.querySelectorAll('[data-value]')) {
      counts.bars += 1;
      const wanted = Math.max(2, parseFloat(e.getAttribute('data-value')) / whole * room), length = e.getBoundingClientRect().width;
      if (room < 60 || Math.abs(length - wanted) > 4.5) findings.push('bar: ' + e.title + ' has ' + length + ' of ' + room);
    }
  }
  for (const e of all.filter(e => e.tagName === 'FIGURE')) {
    if (!e.querySelector('.legend')) findings.push('legend: none for ' + name(e.querySelector('figcaption')));
  }

  // Letters are large enough and stand out.
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const channels = colour => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const luminance = colour => {
    const [r, g, b] = channels(colour).slice(0, 3).map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const background = e => {
    for (; e; e = e.parentElement) {
      const colour = view.getComputedStyle(e).backgroundColor;
      if (channels(colour)[3] > 0) return colour;
    }
    return 'white';
  };
  for (const e of all) {
    if (![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())) continue;
    counts.texts += 1;
    const style = view.getComputedStyle(e), chart = e.closest('svg');
    const scale = chart ? chart.getBoundingClientRect().width / chart.viewBox.baseVal.width : 1;
    const size = parseFloat(style.fontSize) * scale;
    if (size < least) findings.push('small: ' + name(e) + ' has ' + size.toFixed(2) + ' pixels');
    const [a, b] = [luminance(chart ? style.fill : style.color), luminance(background(e))];
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (contrast < 4.5) findings.push('contrast: ' + name(e) + ' has ' + contrast.toFixed(2));
  }
  const paper = channels(background(document.body)).slice(0, 3), ink = channels(view.getComputedStyle(document.body).color).slice(0, 3);
  return {name: frame.dataset.name, findings, counts, paper, ink,
    splits: all.filter(e => e.tagName === 'FIGURE' || e.tagName === 'svg').filter(e => view.getComputedStyle(e).breakInside !== 'avoid').length};
}

window.addEventListener('load', () => {
  let result;
  try {
    result = [...document.querySelectorAll('iframe[data-name]')].map(measure);
  } catch (problem) {
    result = [{name: 'script', findings: ['script: ' + problem + ' ' + problem.stack], counts: {}, paper: [], ink: [], splits: 0}];
  }
  const text = new TextEncoder().encode(JSON.stringify(result));
  document.getElementById('measured').textContent = btoa(Array.from(text, b => String.fromCharCode(b)).join(''));
});
