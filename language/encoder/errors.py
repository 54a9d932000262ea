"""What can go wrong with an encoder."""

from store.errors import ZhidaError


class EncoderUnavailable(ZhidaError):
    """The model that the settings name cannot be loaded, or its weights not be had."""

    code = "encoder_unavailable"
