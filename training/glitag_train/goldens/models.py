"""The tiny models: their encoders, the list of configurations, and weights that give logits a useful spread."""

import os
from dataclasses import dataclass, field

import torch
from gliclass import GLiClassModel, GLiClassModelConfig, ZeroShotClassificationPipeline
from tokenizers import AddedToken
from transformers import BertConfig, DebertaV2Config, ModernBertConfig, Qwen3Config, T5Config

from . import tiny_tokenizers
from .cases import BIENC, DECODER, FULL, LONGLABEL, SMALL

HIDDEN = 32


def bert_config(vocabulary, pad):
    return BertConfig(
        vocab_size=vocabulary,
        hidden_size=HIDDEN,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=64,
        max_position_embeddings=320,
        pad_token_id=pad,
    )


def modernbert_config(vocabulary, pad):
    return ModernBertConfig(
        vocab_size=vocabulary,
        hidden_size=HIDDEN,
        num_hidden_layers=3,
        num_attention_heads=4,
        intermediate_size=48,
        max_position_embeddings=1024,
        local_attention=16,
        global_attn_every_n_layers=3,
        pad_token_id=pad,
        bos_token_id=2,
        eos_token_id=3,
        cls_token_id=2,
        sep_token_id=3,
        attn_implementation="eager",
    )


def deberta_config(vocabulary, pad):
    return DebertaV2Config(
        vocab_size=vocabulary,
        hidden_size=HIDDEN,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=64,
        max_position_embeddings=512,
        relative_attention=True,
        position_buckets=16,
        norm_rel_ebd="layer_norm",
        share_att_key=True,
        pos_att_type=["p2c", "c2p"],
        position_biased_input=False,
        type_vocab_size=0,
        max_relative_positions=-1,
        layer_norm_eps=1e-7,
        pad_token_id=pad,
    )


def t5_config(vocabulary, pad):
    return T5Config(
        vocab_size=vocabulary,
        d_model=HIDDEN,
        d_kv=8,
        d_ff=64,
        num_layers=2,
        num_decoder_layers=2,
        num_heads=4,
        feed_forward_proj="gated-gelu",
        relative_attention_num_buckets=16,
        relative_attention_max_distance=64,
        pad_token_id=pad,
        eos_token_id=1,
        decoder_start_token_id=pad,
        tie_word_embeddings=False,
    )


def qwen3_config(vocabulary, pad):
    return Qwen3Config(
        vocab_size=vocabulary,
        hidden_size=HIDDEN,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        head_dim=8,
        intermediate_size=64,
        max_position_embeddings=1024,
        pad_token_id=pad,
        attn_implementation="eager",
    )


ENCODERS = {
    "bert": (bert_config, tiny_tokenizers.wordpiece),
    "modernbert": (modernbert_config, tiny_tokenizers.bytebpe),
    "deberta": (deberta_config, tiny_tokenizers.unigram_deberta),
    "t5": (t5_config, tiny_tokenizers.unigram_t5),
    "qwen3": (qwen3_config, tiny_tokenizers.bytebpe),
}


@dataclass
class Recipe:
    """What one golden model is made of. Its weights are seeded by its name."""

    name: str
    encoder: str
    cases: list
    config: dict = field(default_factory=dict)
    # Export with the number of labels as an input, instead of the number of markers in the batch.
    num_labels_input: bool = False
    label_encoder: str | None = None


RECIPES = []


def add(name, encoder="bert", cases=SMALL, num_labels_input=False, label_encoder=None, **config):
    defaults = dict(architecture_type="uni-encoder", pooling_strategy="first", scorer_type="simple", prompt_first=True)
    RECIPES.append(Recipe(name, encoder, cases, {**defaults, **config}, num_labels_input, label_encoder))


add("uni-bert-first-simple", cases=FULL)
add("uni-bert-textfirst", cases=FULL, prompt_first=False, pooling_strategy="avg")
for pooling in ("avg", "max", "last", "sum", "rms", "abs_max", "abs_avg"):
    add(f"uni-bert-pool-{pooling}", pooling_strategy=pooling)
for scorer in ("weighted-dot", "mlp", "hopfield"):
    add(f"uni-bert-scorer-{scorer}", scorer_type=scorer)
add(
    "uni-bert-scorer-cross-attn",
    scorer_type="cross-attn",
    pooling_strategy="pass",
    scorer_num_heads=4,
    scorer_mlp_hidden_size=64,
)
add("uni-bert-clsavg", class_token_pooling="average", extract_text_features=True, pooling_strategy="avg")
add("uni-bert-clsavg-notext", class_token_pooling="average")
add("uni-bert-nextoken", embed_class_token=False)
add("uni-bert-normalize", normalize_features=True)
add("uni-bert-extract-avg", extract_text_features=True, pooling_strategy="avg")
add(
    "uni-bert-instruct",
    use_segment_embeddings=True,
    class_token_pooling="average",
    scorer_type="mlp",
    extract_text_features=True,
    pooling_strategy="avg",
)
add("uni-bert-calibrated", use_calibrator=True, calibrator_hidden_size=32, calibrator_use_bias=True)
add("uni-bert-lstm", use_lstm=True, pooling_strategy="avg")
add("uni-bert-numlabels-input", cases=LONGLABEL, scorer_type="hopfield", num_labels_input=True)
add("uni-modernbert-avg-wdot", "modernbert", FULL, pooling_strategy="avg", scorer_type="weighted-dot")
add("uni-deberta-textfirst", "deberta", FULL, prompt_first=False, pooling_strategy="first", scorer_type="simple")
add("uni-t5-first", "t5", SMALL, pooling_strategy="first")
add("bi-bert", "bert", BIENC, architecture_type="bi-encoder", pooling_strategy="avg", label_encoder="bert")
add(
    "bi-bert-normalize",
    "bert",
    BIENC,
    architecture_type="bi-encoder",
    normalize_features=True,
    scorer_type="weighted-dot",
    label_encoder="deberta",
)
add("bi-fused-bert", "bert", BIENC, architecture_type="bi-encoder-fused", pooling_strategy="avg", label_encoder="bert")
add(
    "bi-fused-deberta-textfirst",
    "deberta",
    BIENC,
    architecture_type="bi-encoder-fused",
    prompt_first=False,
    label_encoder="bert",
)
add("encdec-t5", "t5", SMALL, architecture_type="encoder-decoder", pooling_strategy="avg")
add("encdec-t5-cls", "t5", SMALL, architecture_type="encoder-decoder-cls", normalize_features=True)
add(
    "decoderkv-qwen3",
    "qwen3",
    DECODER,
    architecture_type="decoder-kv",
    scorer_mlp_hidden_size=64,
    scorer_encoder_num_layers=1,
)


def reinitialise(model, seed):
    """Seeded weights, larger than usual, so that random models give logits that differ."""
    generator = torch.Generator().manual_seed(seed)
    seen = set()
    with torch.no_grad():
        for name, parameter in sorted(model.named_parameters(), key=lambda item: item[0]):
            if parameter.data_ptr() in seen:
                continue
            seen.add(parameter.data_ptr())
            if name.endswith("logit_scale"):
                continue
            values = torch.randn(parameter.shape, generator=generator)
            low = name.lower()
            if parameter.dim() == 1:
                norm = "norm" in low and name.endswith("weight")
                parameter.copy_(1 + 0.1 * values if norm else 0.1 * values)
            elif "embed" in low or "shared" in low:
                parameter.copy_(0.6 * values)
            elif low.endswith("scorer.q_proj.weight"):
                # Keeps hopfield's softmax over the slots unsaturated.
                parameter.copy_(values * 0.12 / (parameter.shape[-1] ** 0.5))
            else:
                parameter.copy_(values * 1.3 / (parameter.shape[-1] ** 0.5))


def scale_logits(model, tokenizer, label_tokenizer, target=3.0):
    """Plain-dot scorers: scales the text projector so that the largest |logit| of a probe batch is `target`."""
    inner, config = model.model, model.config
    if config.architecture_type == "decoder-kv" or config.scorer_type != "simple" or config.normalize_features:
        return
    pipeline = ZeroShotClassificationPipeline(model, tokenizer, max_length=256, device="cpu", progress_bar=False).pipe
    if label_tokenizer is not None:
        pipeline.labels_tokenizer = label_tokenizer
    inputs = pipeline.prepare_inputs(
        ["The product quality is amazing but delivery was slow.", "Customer support was unhelpful and rude."],
        ["positive", "negative", "product quality", "shipping"],
        same_labels=True,
    )
    with torch.no_grad():
        factor = target / float(inner(**inputs, max_num_classes=4).logits[:, :4].abs().max())
        inner.text_projector.linear_2.weight.mul_(factor)
        inner.text_projector.linear_2.bias.mul_(factor)


def build(recipe, label_folder):
    """The model in evaluation mode, its tokenizer, and the label tokenizer of a bi-encoder (else None).

    Upstream reads a label encoder and its tokenizer from a folder: `label_folder`, which must outlive the model.
    """
    make_config, make_tokenizer = ENCODERS[recipe.encoder]
    architecture = recipe.config["architecture_type"]
    seed = sum(ord(letter) * (place + 1) for place, letter in enumerate(recipe.name)) % 100000
    torch.manual_seed(seed)
    tokenizer = make_tokenizer()
    size = len(tokenizer)
    if recipe.encoder == "deberta":
        # Exercises normalised, non-special added tokens too.
        markers = [AddedToken(text, normalized=True, special=False) for text in tiny_tokenizers.MARKERS]
        tokenizer.add_tokens(markers)
    elif architecture != "bi-encoder":
        # Upstream's training script adds no markers for the plain bi-encoder.
        tokenizer.add_tokens(tiny_tokenizers.MARKERS, special_tokens=True)
    label_tokenizer, label_settings = build_label_encoder(recipe.label_encoder, label_folder)
    config = GLiClassModelConfig(
        encoder_config=make_config(size, tokenizer.pad_token_id),
        encoder_model="tiny-" + recipe.encoder,
        class_token_index=size,
        text_token_index=size + 1,
        example_token_index=size + 2,
        sep_token_index=size + 1,
        problem_type="multi_label_classification",
        **label_settings,
        **recipe.config,
    )
    model = GLiClassModel(config)
    if architecture != "bi-encoder":
        model.resize_token_embeddings(len(tokenizer))
    reinitialise(model, seed)
    model.eval()
    scale_logits(model, tokenizer, label_tokenizer)
    return model, tokenizer, label_tokenizer


def build_label_encoder(name, folder):
    """The label tokenizer and the settings that name its encoder."""
    if name is None:
        return None, {}
    make_config, make_tokenizer = ENCODERS[name]
    tokenizer = make_tokenizer(vocab_size=400 if name == "bert" else 520)
    config = make_config(len(tokenizer), tokenizer.pad_token_id)
    os.makedirs(folder, exist_ok=True)
    tokenizer.save_pretrained(folder)
    config.save_pretrained(folder)
    return tokenizer, {"label_model_config": config, "label_model_name": folder}
