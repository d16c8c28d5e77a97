"""ONNX export: one wrapper per architecture, so that batch, sequence and number of labels stay dynamic.

How the number of labels becomes dynamic: upstream's gather takes `max_num_classes` and uses it only in `torch.arange`, so a
wrapper passes the 0-d tensor `(ids == class_token_index).sum(-1).max()`, which the tracer turns into Range.
"""

import contextlib
import copy
import io

import torch

from .unpacked_lstm import UnpackedLstm

TEXT_INPUTS = ["input_ids", "attention_mask"]
CLASS_INPUTS = ["class_input_ids", "class_attention_mask"]


def label_count(ids, config):
    return (ids == config.class_token_index).sum(-1).max()


class Wrapper(torch.nn.Module):
    inputs = TEXT_INPUTS
    outputs = ["logits"]
    fixed = False
    """Whether the number of label slots is a constant."""

    def __init__(self, model):
        super().__init__()
        self.model = model


class UniEncoder(Wrapper):
    def forward(self, input_ids, attention_mask):
        count = label_count(input_ids, self.model.config)
        return run(self.model, input_ids, attention_mask, max_num_classes=count).logits


class CalibratedUniEncoder(Wrapper):
    outputs = ["logits", "uncalibrated_logits"]

    def forward(self, input_ids, attention_mask):
        count = label_count(input_ids, self.model.config)
        output = run(self.model, input_ids, attention_mask, max_num_classes=count)
        return output.logits, output.uncalibrated_logits


class CountedUniEncoder(Wrapper):
    """The number of labels is an input: exactly upstream's slots, also where truncation cut labels."""

    inputs = TEXT_INPUTS + ["num_labels"]

    def forward(self, input_ids, attention_mask, num_labels):
        return run(self.model, input_ids, attention_mask, max_num_classes=num_labels.squeeze()).logits


class StockUniEncoder(Wrapper):
    """As upstream's own export scripts do it: no count is passed, so the configuration's 25 slots become a constant."""

    def forward(self, input_ids, attention_mask):
        return run(self.model, input_ids, attention_mask).logits


class BiEncoder(Wrapper):
    inputs = TEXT_INPUTS + CLASS_INPUTS + ["labels_mask"]

    def forward(self, input_ids, attention_mask, class_input_ids, class_attention_mask, labels_mask):
        inner = self.model.model
        text = inner.encode_text(input_ids, attention_mask)
        labels = label_vectors(self.model, class_input_ids, class_attention_mask, labels_mask)
        return masked(inner.scorer(text, labels) * inner.logit_scale, labels_mask)


class FusedBiEncoder(BiEncoder):
    """The k-th <<LABEL>> token's input embedding is the k-th label vector (a matmul instead of index_put)."""

    def forward(self, input_ids, attention_mask, class_input_ids, class_attention_mask, labels_mask):
        inner = self.model.model
        labels = label_vectors(self.model, class_input_ids, class_attention_mask, labels_mask)
        embedded = inner.encoder_model.get_input_embeddings()(input_ids)
        is_label = input_ids == self.model.config.class_token_index
        rank = is_label.long().cumsum(-1) - 1
        slots = torch.arange(class_input_ids.shape[1], device=input_ids.device).view(1, 1, -1)
        chosen = (is_label.unsqueeze(-1) & (rank.unsqueeze(-1) == slots)).to(embedded.dtype)  # rows, tokens, labels
        embedded = torch.where(is_label.unsqueeze(-1), torch.matmul(chosen, labels), embedded)
        output = inner.encoder_model(inputs_embeds=embedded, attention_mask=attention_mask)
        states = torch.matmul(chosen.transpose(1, 2), output[0])
        return masked(inner.scorer(inner.pool_outputs(output), states) * inner.logit_scale, labels_mask)


class EncoderDecoder(Wrapper):
    """Upstream swallows the pipeline's count here and always has the configuration's slots; the graph takes any number."""

    inputs = TEXT_INPUTS + CLASS_INPUTS

    def forward(self, input_ids, attention_mask, class_input_ids, class_attention_mask):
        inner = self.model.model
        original = inner._extract_class_features
        count = label_count(class_input_ids, self.model.config)
        inner._extract_class_features = lambda *args, **kwargs: original(*args, max_num_classes=count)
        try:
            return inner(
                input_ids=input_ids,
                attention_mask=attention_mask,
                class_input_ids=class_input_ids,
                class_attention_mask=class_attention_mask,
                return_dict=True,
            ).logits
        finally:
            del inner._extract_class_features


class StockEncoderDecoder(Wrapper):
    """Hopfield's softmax spans all slots, so only upstream's own number of them, which is the configuration's, gives its scores."""

    inputs = TEXT_INPUTS + CLASS_INPUTS
    fixed = True

    def forward(self, input_ids, attention_mask, class_input_ids, class_attention_mask):
        return run(self.model, input_ids, attention_mask, class_input_ids=class_input_ids, class_attention_mask=class_attention_mask).logits


class DecoderKV(Wrapper):
    """Without the Python loop over rows: the scorer's encoder runs on the whole row, masked to the label section
    (DeBERTa's relative attention does not depend on the absolute offset)."""

    def forward(self, input_ids, attention_mask):
        inner, config = self.model.model, self.model.config
        scorer = inner.scorer
        states = inner.decoder_model(
            input_ids=input_ids, attention_mask=attention_mask, use_cache=False, return_dict=True
        ).last_hidden_state
        valid = attention_mask.bool()
        is_label = (input_ids == config.class_token_index) & valid
        is_separator = (input_ids == config.sep_token_index) & valid
        position = torch.arange(input_ids.shape[1], device=input_ids.device).unsqueeze(0)
        nowhere = torch.full_like(position, -1)
        before_labels = (is_label.long().cumsum(-1) == 0) & is_separator
        start = torch.where(before_labels, position, nowhere).amax(-1, keepdim=True) + 1
        section = ((position >= start) & valid).to(attention_mask.dtype)
        encoded = scorer._encode(states, section)
        inside = section.bool()
        last_separator = torch.where(is_separator & inside, position, nowhere).amax(-1, keepdim=True)
        text = torch.matmul((position == last_separator).to(encoded.dtype).unsqueeze(1), encoded).squeeze(1)
        is_label = is_label & inside
        rank = is_label.long().cumsum(-1) - 1
        slots = torch.arange(is_label.sum(-1).max(), device=input_ids.device).view(1, -1, 1)
        chosen = (is_label.unsqueeze(1) & (rank.unsqueeze(1) == slots)).to(encoded.dtype)
        text = scorer.text_projector(text)
        labels = scorer.label_projector(torch.matmul(chosen, encoded))
        if config.normalize_features:
            text = text / (text.norm(p=2, dim=-1, keepdim=True) + scorer.epsilon)
            labels = labels / (labels.norm(p=2, dim=-1, keepdim=True) + scorer.epsilon)
        pairs = torch.cat([text.unsqueeze(1).expand(-1, labels.shape[1], -1), labels], -1)
        return scorer.mlp(pairs).squeeze(-1)


def run(model, input_ids, attention_mask, **options):
    return model(input_ids=input_ids, attention_mask=attention_mask, return_dict=True, **options)


def label_vectors(model, ids, mask, labels_mask):
    inner = model.model
    rows, count, length = ids.shape
    output = inner.label_encoder(ids.reshape(-1, length), attention_mask=mask.reshape(-1, length))
    vectors = inner.pooler(output[0])
    vectors = vectors.reshape(rows, count, vectors.shape[-1])
    vectors = torch.where(labels_mask.unsqueeze(-1) == 1, vectors, torch.zeros_like(vectors))
    vectors = inner.classes_projector(inner.biencoder_projector(vectors))
    if model.config.normalize_features:
        vectors = torch.nn.functional.normalize(vectors, p=2, dim=-1, eps=inner.epsilon)
    return vectors


def masked(logits, labels_mask):
    return torch.where(labels_mask == 0, torch.full_like(logits, -1e3), logits)


def traceable_segment_ids(inner):
    """Twin of upstream's _create_segment_ids without its Python loop: same results, including the argmin quirk."""

    def segment_ids(input_ids):
        is_example = input_ids == inner.config.example_token_index
        has_example = is_example.any(-1, keepdim=True)
        example_start = is_example.int().argmin(-1, keepdim=True)
        text_start = (input_ids == inner.config.text_token_index).int().argmax(-1, keepdim=True)
        position = torch.arange(input_ids.shape[1], device=input_ids.device).unsqueeze(0)
        without = torch.where(position >= text_start, 1, 0)
        with_example = torch.where(position >= example_start, 2, without)
        return torch.where(has_example, with_example, without).to(input_ids.dtype)

    return segment_ids


WRAPPERS = {
    "uni-encoder": UniEncoder,
    "bi-encoder": BiEncoder,
    "bi-encoder-fused": FusedBiEncoder,
    "encoder-decoder": EncoderDecoder,
    "encoder-decoder-cls": EncoderDecoder,
    "decoder-kv": DecoderKV,
}


def export(model, tokenizer, label_tokenizer, path, num_labels_input):
    """Writes the graph of any architecture, with dynamic labels or with their number as an input."""
    model = copy.deepcopy(model)
    architecture = model.config.architecture_type
    wrapper = WRAPPERS[architecture]
    if num_labels_input:
        wrapper = CountedUniEncoder
    if has_fixed_slots(model.config):
        wrapper = StockEncoderDecoder
    if model.config.use_calibrator:
        wrapper = CalibratedUniEncoder
    if architecture == "uni-encoder" and model.config.use_segment_embeddings:
        model.model._create_segment_ids = traceable_segment_ids(model.model)
    if architecture == "uni-encoder" and model.config.use_lstm:
        model.model.lstm = UnpackedLstm(model.model.lstm.lstm)
    trace(wrapper(model), dummy_inputs(architecture, tokenizer, label_tokenizer), path)


def has_fixed_slots(config):
    """Whether a graph with any number of labels would give other scores."""
    return config.architecture_type.startswith("encoder-decoder") and config.scorer_type == "hopfield"


def export_stock(model, tokenizer, path):
    """Writes a uni-encoder as upstream's own scripts do, with a fixed number of label slots."""
    trace(StockUniEncoder(copy.deepcopy(model)), dummy_inputs("uni-encoder", tokenizer, None), path)


def dummy_inputs(architecture, tokenizer, label_tokenizer):
    """Two rows of different lengths and label counts: what is the same in all rows would become a constant."""
    one, other = ["positive", "negative", "neutral"], ["sports", "politics", "travel"]
    fox = "the quick brown fox"

    def before(labels):
        return "".join("<<LABEL>>" + label for label in labels) + "<<SEP>>"

    def after(labels):
        return "<<SEP>>" + "".join(label + "<<LABEL>>" for label in labels) + "<<SEP>>"

    texts = {
        "uni-encoder": [before(one) + fox, before(other[:2]) + "a"],
        "decoder-kv": [fox + after(one), "a" + after(other[:2])],
        "bi-encoder-fused": [before([""] * 3) + fox, before([""] * 3) + "a"],
    }.get(architecture, [fox, "a"])
    encoded = tokenizer(texts, padding=True, return_tensors="pt")
    inputs = {name: encoded[name] for name in TEXT_INPUTS}
    inputs["num_labels"] = torch.tensor([3])
    if architecture.startswith("bi-"):
        rows = [
            label_tokenizer(labels, padding="max_length", max_length=8, return_tensors="pt") for labels in (one, other)
        ]
        for name in TEXT_INPUTS:
            inputs["class_" + name] = torch.stack([row[name] for row in rows])
        plain = architecture == "bi-encoder"
        inputs["labels_mask"] = torch.tensor([[1, 1, 1], [1, 1, 0 if plain else 1]])
    if architecture.startswith("encoder-decoder"):
        encoded = tokenizer([before(one), before(other[:2])], padding=True, return_tensors="pt")
        for name in TEXT_INPUTS:
            inputs["class_" + name] = encoded[name]
    return inputs


def trace(wrapper, dummies, path):
    """The legacy tracer handles all architectures; eval() must be called on the WRAPPER, whose mode it restores."""
    axes = {name: {0: "batch", 1: "sequence"} for name in TEXT_INPUTS}
    for name in CLASS_INPUTS:
        three = name in dummies and dummies[name].dim() == 3
        axes[name] = {0: "batch", 1: "labels", 2: "label_sequence"} if three else {0: "batch", 1: "class_sequence"}
    axes["labels_mask"] = {0: "batch", 1: "labels"}
    axes |= {name: {0: "batch"} if wrapper.fixed else {0: "batch", 1: "labels"} for name in wrapper.outputs}
    named = [*wrapper.inputs, *wrapper.outputs]
    with torch.no_grad(), contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        torch.onnx.export(
            wrapper.eval(),
            tuple(dummies[name] for name in wrapper.inputs),
            path,
            input_names=wrapper.inputs,
            output_names=wrapper.outputs,
            dynamic_axes={name: axes[name] for name in named if name in axes},
            opset_version=17,
            dynamo=False,
            do_constant_folding=True,
        )
