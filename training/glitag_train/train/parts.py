"""Parts that upstream's classes cannot train together: told before anything is written, where its first step would fail with a line about shapes."""


def why_not(config) -> str | None:
    """What does not go together; None where all does."""
    kind = config.architecture_type
    cross, passed = config.scorer_type == "cross-attn", config.pooling_strategy == "pass"
    if kind.startswith("bi-encoder") and (cross or passed):
        return f"{kind} has one vector for a text and one for a label: --scorer_type cross-attn and --pooler_type pass read all tokens"
    if kind == "encoder-decoder-cls" and cross:
        return f"{kind} has one vector for a text: --scorer_type cross-attn reads all its tokens"
    if kind in ("uni-encoder", "encoder-decoder") and cross != passed:
        return "--scorer_type cross-attn needs --pooler_type pass, and no other scorer takes it"
    if kind == "uni-encoder" and config.squeeze_layers:
        return "--squeeze_layers true cannot be trained with gliclass 0.1.21: it counts a layer too few"
    if kind == "uni-encoder" and config.encoder_layer_id != -1 and not config.layer_wise:
        return "--encoder_layer_id cannot be trained with gliclass 0.1.21: it does not ask the encoder for the states of its layers"
    return None
