// Generated from Spec/ by `swift run spectool generate`. Do not edit: change the spec and run it again.

@_optimize(none) private func tokenizerRuleTableMade() -> TokenizerRules {
TokenizerRules(
    unicode: "15.1",
    models: [
        TokenizerModel(
            id: "gpt2",
            algorithm: .bytePairs,
            beginning: Optional(11),
            ending: Optional(11),
            unknown: nil,
            addsBeginning: false,
            addsEnding: false
        ),
        TokenizerModel(
            id: "llama",
            algorithm: .sentencePairs,
            beginning: Optional(1),
            ending: Optional(2),
            unknown: Optional(0),
            addsBeginning: true,
            addsEnding: false
        ),
        TokenizerModel(
            id: "t5",
            algorithm: .unigram,
            beginning: nil,
            ending: Optional(1),
            unknown: Optional(2),
            addsBeginning: false,
            addsEnding: true
        ),
        TokenizerModel(
            id: "bert",
            algorithm: nil,
            beginning: nil,
            ending: nil,
            unknown: nil,
            addsBeginning: false,
            addsEnding: false
        ),
        TokenizerModel(
            id: "rwkv",
            algorithm: nil,
            beginning: nil,
            ending: nil,
            unknown: nil,
            addsBeginning: false,
            addsEnding: false
        ),
        TokenizerModel(
            id: "plamo2",
            algorithm: nil,
            beginning: nil,
            ending: nil,
            unknown: nil,
            addsBeginning: false,
            addsEnding: false
        ),
        TokenizerModel(
            id: "gemma4",
            algorithm: nil,
            beginning: nil,
            ending: nil,
            unknown: nil,
            addsBeginning: false,
            addsEnding: false
        ),
        TokenizerModel(
            id: "hybriddna",
            algorithm: nil,
            beginning: nil,
            ending: nil,
            unknown: nil,
            addsBeginning: false,
            addsEnding: false
        ),
        TokenizerModel(
            id: "whitespace",
            algorithm: nil,
            beginning: nil,
            ending: nil,
            unknown: nil,
            addsBeginning: false,
            addsEnding: false
        ),
        TokenizerModel(
            id: "test",
            algorithm: nil,
            beginning: nil,
            ending: nil,
            unknown: nil,
            addsBeginning: false,
            addsEnding: false
        ),
        TokenizerModel(
            id: "none",
            algorithm: nil,
            beginning: nil,
            ending: nil,
            unknown: nil,
            addsBeginning: false,
            addsEnding: false
        ),
        TokenizerModel(
            id: "no_vocab",
            algorithm: nil,
            beginning: nil,
            ending: nil,
            unknown: nil,
            addsBeginning: false,
            addsEnding: false
        )
    ],
    controlTexts: [
        "<|eot_id|>",
        "<|im_end|>",
        "<|end|>",
        "<|return|>",
        "<|call|>",
        "<|flush|>",
        "<|calls|>",
        "<end_of_turn>",
        "<|endoftext|>",
        "</s>",
        "<|eom_id|>",
        "<EOT>",
        "_<EOT>",
        "[EOT]",
        "[EOS]",
        "<|end_of_text|>",
        "<end_of_utterance>",
        "<eos>",
        "<turn|>",
        "<|tool_response>",
        "<｜end▁of▁sentence｜>",
        "[e~["
    ],
    userDefinedTexts: ["<|channel|>", "<|message|>", "<|start|>", "<|constrain|>"],
    tokenKeys: [
        "bos_token_id",
        "eos_token_id",
        "eot_token_id",
        "eom_token_id",
        "unknown_token_id",
        "seperator_token_id",
        "padding_token_id",
        "mask_token_id",
        "fim_pre_token_id",
        "fim_suf_token_id",
        "fim_mid_token_id",
        "fim_pad_token_id",
        "fim_rep_token_id",
        "fim_sep_token_id",
        "prefix_token_id",
        "suffix_token_id",
        "middle_token_id"
    ],
    flagKeys: [
        "add_bos_token",
        "add_eos_token",
        "add_sep_token",
        "add_space_prefix",
        "remove_extra_whitespaces",
        "normalizer.lowercase",
        "normalizer.strip_accents"
    ],
    splittings: [
        WordSplitting(
            id: "llama3",
            patterns: [
                "(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"
            ]
        ),
        WordSplitting(
            id: "jais2",
            patterns: [
                "(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s{512}(?!\\S)|\\s{256}(?!\\S)|\\s{128}(?!\\S)|\\s{64}(?!\\S)|\\s{32}(?!\\S)|\\s{16}(?!\\S)|\\s{8}(?!\\S)|\\s{4}(?!\\S)|\\s{1,2}(?!\\S)|\\s{1}"
            ]
        ),
        WordSplitting(
            id: "deepseek-llm",
            patterns: [
                "[\\r\\n]",
                "\\s?[A-Za-zµÀ-ÖØ-öø-ƺƼ-ƿǄ-ʓʕ-ʯͰ-ͳͶͷͻ-ͽͿΆΈ-ΊΌΎ-ΡΣ-ϵϷ-ҁҊ-ԯԱ-ՖႠ-ჅᎠ-Ᏽᏸ-ᏽᲐ-ᲺᲽ-Ჿᴀ-ᴫᵫ-ᵷᵹ-ᶚḀ-ἕἘ-Ἕἠ-ὅὈ-Ὅὐ-ὗὙὛὝὟ-ώᾀ-ᾴᾶ-ᾼιῂ-ῄῆ-ῌῐ-ΐῖ-Ίῠ-Ῥῲ-ῴῶ-ῼℂℇℊ-ℓℕℙ-ℝℤΩℨK-ℭℯ-ℴℹℼ-ℿⅅ-ⅉⅎↃↄⰀ-ⱻⱾ-ⳤⳫ-ⳮⳲⳳꙀ-ꙭꚀ-ꚛꜢ-ꝯꝱ-ꞇꞋ-ꞎꭰ-ꮿﬀ-ﬆﬓ-ﬗＡ-Ｚａ-ｚ𐐀-𐑏𐒰-𐓓𐓘-𐓻𐲀-𐲲𐳀-𐳲𑢠-𑣟𞤀-𞥃]+",
                "\\s?[!-/:-~！-／：-～‘-‟　-。]+",
                "\\s+$",
                "[一-龥ࠀ-一가-퟿]+",
                "\\p{N}+"
            ]
        ),
        WordSplitting(
            id: "deepseek-v3",
            patterns: [
                "\\p{N}{1,3}",
                "[一-龥぀-ゟ゠-ヿ]+",
                "[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+|[^\\r\\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+| ?[\\p{P}\\p{S}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"
            ]
        ),
        WordSplitting(
            id: "spark2-5",
            patterns: [
                "\\p{N}{1,3}",
                "[一-龥぀-ゟ゠-ヿ]+",
                "[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+|[^\\r\\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+| ?[\\p{P}\\p{S}]+|[\\r\\n]|\\s+(?!\\S)|\\s+",
                "\\p{N}"
            ]
        ),
        WordSplitting(
            id: "youtu",
            patterns: [
                "[가-힣ㄱ-ㆎ]+|[！…“”‘’—：；，、-〿︰-﹏]+|[ㄅ-ㄯ]+|[一-龥぀-ゟ゠-ヿ]+",
                "[^\\r\\n\\p{L}\\p{N}]?[\\p{L}\\p{M}]*[\\p{L}\\p{M}]+(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])?|[^\\r\\n\\p{L}\\p{N}]?[\\p{L}\\p{M}]+[\\p{L}\\p{M}]*(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])?|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"
            ]
        ),
        WordSplitting(id: "deepseek-coder", patterns: ["[\\r\\n]", "\\s?\\p{L}+", "\\s?\\p{P}+", "[一-龥ࠀ-一가-퟿]+", "\\p{N}"]),
        WordSplitting(
            id: "falcon",
            patterns: [
                "[\\p{P}\\$\\+<=>\\^~\\|`]+",
                "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)",
                "[0-9][0-9][0-9]"
            ]
        ),
        WordSplitting(
            id: "digits-gpt2",
            patterns: ["\\p{N}", "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)"]
        ),
        WordSplitting(id: "gpt2", patterns: ["'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)"]),
        WordSplitting(
            id: "qwen2",
            patterns: [
                "(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"
            ]
        ),
        WordSplitting(
            id: "qwen35",
            patterns: [
                "(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])|[^\\r\\n\\p{L}\\p{N}]?[\\p{L}\\p{M}]+|\\p{N}| ?[^\\s\\p{L}\\p{M}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"
            ]
        ),
        WordSplitting(id: "poro", patterns: [" ?[^(\\s|.,!?…。，、।۔،)]+"]),
        WordSplitting(id: "viking", patterns: [" ?[^(\\s|.,!?…。，、।۔،)]+", "\\p{N}"]),
        WordSplitting(
            id: "tekken",
            patterns: [
                "[^\\r\\n\\p{L}\\p{N}]?((?=[\\p{L}])([^a-z]))*((?=[\\p{L}])([^A-Z]))+|[^\\r\\n\\p{L}\\p{N}]?((?=[\\p{L}])([^a-z]))+((?=[\\p{L}])([^A-Z]))*|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"
            ]
        ),
        WordSplitting(
            id: "chameleon",
            patterns: [
                "<sentinel:[0-9]+>",
                "(IMGIMG)((A|B|C|D|E|F|G|H|I){1,4})Z",
                "([\\t\\n]|    |  )",
                "\\p{N}",
                "[\\p{P}!-/:-@\\[-`{-~]",
                "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)"
            ]
        ),
        WordSplitting(
            id: "gpt4o",
            patterns: [
                "[^\\r\\n\\p{L}\\p{N}]?((?=[\\p{L}])([^a-z]))*((?=[\\p{L}])([^A-Z]))+(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])?|[^\\r\\n\\p{L}\\p{N}]?((?=[\\p{L}])([^a-z]))+((?=[\\p{L}])([^A-Z]))*(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])?|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"
            ]
        ),
        WordSplitting(
            id: "granite-emb-multi",
            patterns: [
                "[^\\r\\n\\p{L}\\p{N}]?((?=[\\p{L}\\p{M}])([^a-z]))*((?=[\\p{L}\\p{M}])([^A-Z]))+(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])?|[^\\r\\n\\p{L}\\p{N}]?((?=[\\p{L}\\p{M}])([^a-z]))+((?=[\\p{L}\\p{M}])([^A-Z]))*(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])?|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"
            ]
        ),
        WordSplitting(
            id: "bailingmoe",
            patterns: [
                "'(?:[sSdDmMtT]|[lL][lL]|[vV][eE]|[rR][eE])|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]|\\s+(?!\\S)|\\s+"
            ]
        ),
        WordSplitting(
            id: "seed-coder",
            patterns: [
                "(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1}| ?[^\\s\\p{L}\\p{N}\\r\\n]+|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"
            ]
        ),
        WordSplitting(
            id: "ufakzeka",
            patterns: ["[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"]
        ),
        WordSplitting(
            id: "laguna",
            patterns: [
                "[^\\n]+|[\\n]+",
                "(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"
            ]
        ),
        WordSplitting(
            id: "exaone-moe",
            patterns: [
                "(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])|[^\\r\\n\\p{L}\\p{N}]?(?:\\p{L}\\p{M}*(?: \\p{L}\\p{M}*)*)+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]?|\\s*[\\r\\n]|\\s+(?!\\S)|\\s+"
            ]
        ),
        WordSplitting(
            id: "minicpm5",
            patterns: [
                "\\p{N}{1,3}",
                "(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}+| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"
            ]
        ),
        WordSplitting(
            id: "default",
            patterns: [
                "[\\p{P}\\$\\+<=>\\^~\\|]+",
                "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)",
                "\\p{N}+",
                "[0-9][0-9][0-9]"
            ]
        )
    ],
    preTokenizers: [
        PreTokenizerName(names: ["default"], splitting: "default", ignoresMerges: false, addsBeginning: false),
        PreTokenizerName(names: ["minicpm5"], splitting: "minicpm5", ignoresMerges: true, addsBeginning: false),
        PreTokenizerName(
            names: ["llama3", "llama-v3", "llama-bpe", "falcon3", "falcon-h1", "pixtral", "midm-2.0", "lfm2", "jina-v5-nano"],
            splitting: "llama3",
            ignoresMerges: true,
            addsBeginning: true
        ),
        PreTokenizerName(names: ["deepseek-llm"], splitting: "deepseek-llm", ignoresMerges: false, addsBeginning: false),
        PreTokenizerName(names: ["deepseek-coder"], splitting: "deepseek-coder", ignoresMerges: false, addsBeginning: false),
        PreTokenizerName(names: ["deepseek-v3"], splitting: "deepseek-v3", ignoresMerges: false, addsBeginning: false),
        PreTokenizerName(names: ["spark2_5"], splitting: "spark2-5", ignoresMerges: false, addsBeginning: false),
        PreTokenizerName(names: ["youtu"], splitting: "youtu", ignoresMerges: true, addsBeginning: false),
        PreTokenizerName(names: ["falcon"], splitting: "falcon", ignoresMerges: false, addsBeginning: false),
        PreTokenizerName(names: ["mpt"], splitting: "gpt2", ignoresMerges: false, addsBeginning: false),
        PreTokenizerName(names: ["starcoder"], splitting: "digits-gpt2", ignoresMerges: false, addsBeginning: false),
        PreTokenizerName(
            names: [
                "gpt-2",
                "phi-2",
                "jina-es",
                "jina-de",
                "gigachat",
                "jina-v2-es",
                "jina-v2-de",
                "a.x-4.0",
                "mellum",
                "modern-bert",
                "jina-v1-en",
                "jina-v2-code",
                "roberta-bpe",
                "exaone4"
            ],
            splitting: "gpt2",
            ignoresMerges: false,
            addsBeginning: false
        ),
        PreTokenizerName(names: ["jais-2"], splitting: "jais2", ignoresMerges: false, addsBeginning: false),
        PreTokenizerName(
            names: ["gemma4", "granite-embed-multi-311m"],
            splitting: nil,
            ignoresMerges: false,
            addsBeginning: false
        ),
        PreTokenizerName(names: ["sarvam-moe"], splitting: nil, ignoresMerges: false, addsBeginning: false),
        PreTokenizerName(names: ["whitespace"], splitting: nil, ignoresMerges: false, addsBeginning: false),
        PreTokenizerName(names: ["refact"], splitting: "digits-gpt2", ignoresMerges: false, addsBeginning: false),
        PreTokenizerName(names: ["command-r"], splitting: "digits-gpt2", ignoresMerges: false, addsBeginning: false),
        PreTokenizerName(
            names: ["qwen2", "deepseek-r1-qwen", "kormo", "f2llmv2", "megrez"],
            splitting: "qwen2",
            ignoresMerges: false,
            addsBeginning: false
        ),
        PreTokenizerName(names: ["qwen35"], splitting: "qwen35", ignoresMerges: false, addsBeginning: false),
        PreTokenizerName(names: ["stablelm2"], splitting: "qwen2", ignoresMerges: false, addsBeginning: false),
        PreTokenizerName(names: ["olmo"], splitting: "gpt2", ignoresMerges: false, addsBeginning: false),
        PreTokenizerName(names: ["dbrx"], splitting: "llama3", ignoresMerges: false, addsBeginning: false),
        PreTokenizerName(names: ["smaug-bpe"], splitting: "llama3", ignoresMerges: false, addsBeginning: false),
        PreTokenizerName(names: ["poro-chat"], splitting: "poro", ignoresMerges: false, addsBeginning: false),
        PreTokenizerName(names: ["chatglm-bpe"], splitting: "llama3", ignoresMerges: false, addsBeginning: false),
        PreTokenizerName(names: ["glm4", "glm5"], splitting: "llama3", ignoresMerges: true, addsBeginning: false),
        PreTokenizerName(names: ["viking"], splitting: "viking", ignoresMerges: false, addsBeginning: false),
        PreTokenizerName(names: ["jais"], splitting: "gpt2", ignoresMerges: false, addsBeginning: false),
        PreTokenizerName(names: ["tekken"], splitting: "tekken", ignoresMerges: true, addsBeginning: true),
        PreTokenizerName(names: ["smollm"], splitting: "digits-gpt2", ignoresMerges: false, addsBeginning: false),
        PreTokenizerName(names: ["codeshell"], splitting: "digits-gpt2", ignoresMerges: false, addsBeginning: false),
        PreTokenizerName(names: ["bloom"], splitting: "poro", ignoresMerges: false, addsBeginning: false),
        PreTokenizerName(names: ["gpt3-finnish"], splitting: "poro", ignoresMerges: false, addsBeginning: false),
        PreTokenizerName(names: ["exaone"], splitting: "digits-gpt2", ignoresMerges: false, addsBeginning: false),
        PreTokenizerName(names: ["exaone-moe"], splitting: "exaone-moe", ignoresMerges: false, addsBeginning: false),
        PreTokenizerName(names: ["chameleon"], splitting: "chameleon", ignoresMerges: false, addsBeginning: true),
        PreTokenizerName(names: ["minerva-7b"], splitting: "digits-gpt2", ignoresMerges: false, addsBeginning: false),
        PreTokenizerName(
            names: ["gpt-4o", "llama4", "kanana2", "talkie"],
            splitting: "gpt4o",
            ignoresMerges: false,
            addsBeginning: false
        ),
        PreTokenizerName(
            names: ["granite-embed-multi-97m"],
            splitting: "granite-emb-multi",
            ignoresMerges: true,
            addsBeginning: false
        ),
        PreTokenizerName(names: ["tiny_aya", "cohere2moe"], splitting: nil, ignoresMerges: false, addsBeginning: false),
        PreTokenizerName(names: ["superbpe"], splitting: nil, ignoresMerges: false, addsBeginning: false),
        PreTokenizerName(names: ["trillion"], splitting: "gpt2", ignoresMerges: false, addsBeginning: false),
        PreTokenizerName(names: ["granite-docling"], splitting: "gpt2", ignoresMerges: false, addsBeginning: false),
        PreTokenizerName(
            names: ["bailingmoe", "bailingmoe2", "llada-moe"],
            splitting: "bailingmoe",
            ignoresMerges: false,
            addsBeginning: false
        ),
        PreTokenizerName(names: ["seed-coder"], splitting: "seed-coder", ignoresMerges: false, addsBeginning: false),
        PreTokenizerName(names: ["hunyuan"], splitting: "qwen2", ignoresMerges: false, addsBeginning: false),
        PreTokenizerName(names: ["hunyuan-dense"], splitting: "deepseek-v3", ignoresMerges: false, addsBeginning: false),
        PreTokenizerName(names: ["hy_v4"], splitting: "deepseek-v3", ignoresMerges: false, addsBeginning: false),
        PreTokenizerName(names: ["joyai-llm"], splitting: "deepseek-v3", ignoresMerges: false, addsBeginning: false),
        PreTokenizerName(names: ["kimi-k2"], splitting: nil, ignoresMerges: false, addsBeginning: false),
        PreTokenizerName(names: ["ufakzeka"], splitting: "ufakzeka", ignoresMerges: false, addsBeginning: false),
        PreTokenizerName(names: ["grok-2"], splitting: "qwen2", ignoresMerges: false, addsBeginning: false),
        PreTokenizerName(names: ["afmoe"], splitting: nil, ignoresMerges: false, addsBeginning: false),
        PreTokenizerName(names: ["laguna"], splitting: "laguna", ignoresMerges: false, addsBeginning: false),
        PreTokenizerName(names: ["minimax-m2"], splitting: "gpt4o", ignoresMerges: false, addsBeginning: false),
        PreTokenizerName(names: ["solar-open"], splitting: "qwen2", ignoresMerges: false, addsBeginning: false),
        PreTokenizerName(names: ["mellum2"], splitting: "digits-gpt2", ignoresMerges: false, addsBeginning: false)
    ]
)
}

extension Spec {
    static let tokenizerRuleTable: TokenizerRules = tokenizerRuleTableMade()
}
