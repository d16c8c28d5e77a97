"""Upstream's LSTM in a form that can be traced."""

import torch


class UnpackedLstm(torch.nn.Module):
    """LSTM over right-padded rows without pack_padded_sequence: the backward direction reads reversed rows."""

    def __init__(self, lstm):
        super().__init__()
        self.forwards = torch.nn.LSTM(lstm.input_size, lstm.hidden_size, batch_first=True)
        self.backwards = torch.nn.LSTM(lstm.input_size, lstm.hidden_size, batch_first=True)
        state = lstm.state_dict()
        self.forwards.load_state_dict({k: v for k, v in state.items() if not k.endswith("_reverse")})
        self.backwards.load_state_dict(
            {k.removesuffix("_reverse"): v for k, v in state.items() if k.endswith("_reverse")}
        )

    def forward(self, states, mask):
        length = mask.sum(1, keepdim=True)
        position = torch.arange(states.shape[1]).unsqueeze(0)
        mirrored = torch.where(position < length, length - 1 - position, position)

        def mirror(rows):
            return torch.gather(rows, 1, mirrored.unsqueeze(-1).expand(-1, -1, rows.shape[-1]))

        ahead, _ = self.forwards(states)
        back, _ = self.backwards(mirror(states))
        return torch.cat([ahead, mirror(back)], -1) * mask.unsqueeze(-1).to(states.dtype)
