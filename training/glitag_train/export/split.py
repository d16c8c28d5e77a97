"""The split graph of a bi-encoder: texts and labels each by themselves, so that GLiTag keeps their vectors."""

import torch
from gliclass import GLiClassModel

from ..goldens.export_onnx import TEXT_INPUTS, Wrapper


def why_not_split(model: GLiClassModel) -> str | None:
    """What keeps a score from being a product of two vectors that know nothing of each other or of padding; None where it is one."""
    config = model.config
    if config.architecture_type != "bi-encoder":
        return f"“{config.architecture_type}” reads texts and labels together"
    if config.scorer_type != "simple":
        return f"the scorer “{config.scorer_type}” is no dot product"
    if config.pooling_strategy != "first":
        return f"the pooler “{config.pooling_strategy}” counts padding"
    if config.use_calibrator:
        return "the calibrator needs text and label together"
    return None


class SplitBiEncoder(Wrapper):
    """text_embeddings are multiplied by the logit scale; logits = text_embeddings . class_embeddings^T."""

    inputs = TEXT_INPUTS
    outputs = ["text_embeddings", "class_embeddings"]

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        inner, config = self.model.model, self.model.config
        text = inner.encode_text(known(input_ids, inner.encoder_model), attention_mask) * inner.logit_scale
        states = inner.pooler(inner.label_encoder(known(input_ids, inner.label_encoder), attention_mask=attention_mask)[0])
        label = inner.classes_projector(inner.biencoder_projector(states))
        if config.normalize_features:
            label = torch.nn.functional.normalize(label, p=2, dim=-1, eps=inner.epsilon)
        return text, label


def known(ids: torch.Tensor, encoder: torch.nn.Module) -> torch.Tensor:
    """ONNX Runtime runs both encoders whatever is asked for, so each must bear the ids of the other's vocabulary."""
    return ids.clamp(max=encoder.get_input_embeddings().num_embeddings - 1)
