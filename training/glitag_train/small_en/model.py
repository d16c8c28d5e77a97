"""The bi-encoder: one encoder for texts and labels, a head for either, cosine times a scale.

The lower layers are frozen, so their states are computed once a text (`states.py`); only `top` runs in training. Shapes and names
of the heads are those of gliclass 0.1.21 (FeaturesProjector, BiEncoderProjector), so that `checkpoint.py` can write upstream's files.
"""

import torch
from torch import nn
from torch.nn import functional as F
from transformers import BertModel

WIDTH = 384
EPSILON = 1e-8


class Projector(nn.Module):
    """Two linear layers that start as the identity: gelu(x) - gelu(-x) = x."""

    def __init__(self) -> None:
        super().__init__()
        eye = torch.eye(WIDTH)
        self.linear_1, self.linear_2 = nn.Linear(WIDTH, 2 * WIDTH), nn.Linear(2 * WIDTH, WIDTH)
        self.linear_1.weight.data = torch.cat([eye, -eye])
        self.linear_2.weight.data = torch.cat([eye, -eye], 1)
        self.linear_1.bias.data.zero_()
        self.linear_2.bias.data.zero_()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.linear_2(F.gelu(self.linear_1(x)))


def run_layers(layers, hidden: torch.Tensor, mask: torch.Tensor, dropout: float = 0.0, cls_only: bool = False) -> torch.Tensor:
    """[B, S, 384] through BERT layers; with `cls_only` the last layer is computed for [CLS] alone: [B, 384]."""
    bias = torch.zeros(mask.shape).masked_fill(mask == 0, torch.finfo(torch.float32).min / 2)[:, None, None, :]
    for index, layer in enumerate(layers):
        attention = layer.attention.self
        batch, length, width = hidden.shape
        query = hidden[:, :1] if cls_only and index == len(layers) - 1 else hidden

        def heads(x: torch.Tensor) -> torch.Tensor:
            return x.view(batch, -1, 12, width // 12).transpose(1, 2)

        q, k, v = heads(attention.query(query)), heads(attention.key(hidden)), heads(attention.value(hidden))
        mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=bias).transpose(1, 2).reshape(batch, -1, width)
        mixed = F.dropout(layer.attention.output.dense(mixed), dropout, dropout > 0)
        middle = layer.attention.output.LayerNorm(mixed + query)
        grown = F.dropout(layer.output.dense(F.gelu(layer.intermediate.dense(middle))), dropout, dropout > 0)
        hidden = layer.output.LayerNorm(grown + middle)
    return hidden[:, 0] if cls_only else hidden


def padded(rows: list[torch.Tensor]) -> tuple[torch.Tensor, torch.Tensor]:
    """Rows [n, ...] of different n -> one float tensor and its mask [B, S]."""
    lengths = torch.tensor([len(row) for row in rows])
    return nn.utils.rnn.pad_sequence([row.float() for row in rows], batch_first=True), (torch.arange(int(lengths.max())) < lengths[:, None]).float()


def by_length(lengths: list[int], tokens: int):
    """Indices in groups of like length with at most `tokens` padded tokens."""
    group: list[int] = []
    for index in sorted(range(len(lengths)), key=lengths.__getitem__):
        if group and lengths[index] * (len(group) + 1) > tokens:
            yield group
            group = []
        group.append(index)
    if group:
        yield group


class BiEncoder(nn.Module):
    def __init__(self, encoder: BertModel, frozen: int, scale: float) -> None:
        super().__init__()
        self.encoder, self.frozen = encoder, frozen
        self.text_projector, self.biencoder_projector, self.classes_projector = Projector(), Projector(), Projector()
        self.logit_scale = nn.Parameter(torch.tensor(scale))
        self.dropout = 0.0
        for part in (encoder.embeddings, *encoder.encoder.layer[:frozen]):
            part.requires_grad_(False)

    def lower(self, ids: list[list[int]], tokens: int = 512) -> list[torch.Tensor]:
        """Token ids -> states after the frozen layers, half precision, one [n, 384] a row."""
        out: list[torch.Tensor] = [torch.empty(0)] * len(ids)
        with torch.inference_mode():
            for group in by_length([len(row) for row in ids], tokens):
                x, mask = padded([torch.tensor(ids[i]) for i in group])
                hidden = run_layers(self.encoder.encoder.layer[: self.frozen], self.encoder.embeddings(x.long()), mask)
                for row, i in zip(hidden, group):
                    out[i] = row[: len(ids[i])].half().clone()
        return out

    def upper(self, states: list[torch.Tensor], tokens: int = 512) -> torch.Tensor:
        """States after the frozen layers -> [CLS] after the last one, [rows, 384]. Small groups stay in the cache: twice as fast on two cores."""
        out: list[torch.Tensor] = [torch.empty(0)] * len(states)
        for group in by_length([len(state) for state in states], tokens):
            rest = self.encoder.encoder.layer[self.frozen :]
            drop = self.dropout if self.training else 0.0
            for row, i in zip(run_layers(rest, *padded([states[i] for i in group]), drop, cls_only=True), group):
                out[i] = row
        return torch.stack(out)

    def text(self, cls: torch.Tensor) -> torch.Tensor:
        return F.normalize(self.text_projector(cls), dim=-1, eps=EPSILON)

    def label(self, cls: torch.Tensor) -> torch.Tensor:
        return F.normalize(self.classes_projector(self.biencoder_projector(cls)), dim=-1, eps=EPSILON)
