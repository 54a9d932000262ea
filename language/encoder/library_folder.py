"""Writes a model as sentence-transformers and transformers read it, to train it further."""

import json
from pathlib import Path
from typing import Any

from safetensors.numpy import save_file

from language.encoder.base import Model
from language.encoder.serving import PASSAGE, QUERY
from language.encoder.vocabulary import LONGEST

_NAMES = {
    "bos_token": "<s>",
    "cls_token": "<s>",
    "eos_token": "</s>",
    "sep_token": "</s>",
    "pad_token": "<pad>",
    "unk_token": "<unk>",
    "mask_token": "<mask>",
}
_MODULES = {"Transformer": "", "Pooling": "1_Pooling", "Normalize": "2_Normalize"}


def write_library_folder(model: Model, folder: Path) -> None:
    """Write weights (32 bits), tokenizer and configuration into ``folder``."""
    for part in _MODULES.values():
        (folder / part).mkdir(parents=True, exist_ok=True)
    save_file(model.tensors, folder / "model.safetensors", metadata={"format": "pt"})
    model.tokenizer.save(str(folder / "tokenizer.json"))
    for name, values in _files(model).items():
        text = json.dumps(values, ensure_ascii=False, indent=2)
        (folder / name).write_text(f"{text}\n", "utf-8")


def _files(model: Model) -> dict[str, Any]:
    kinds = "sentence_transformers.models"
    modules = [
        {"idx": at, "name": str(at), "path": path, "type": f"{kinds}.{kind}"}
        for at, (kind, path) in enumerate(_MODULES.items())
    ]
    return {
        "config.json": _bert(model),
        "modules.json": modules,
        "1_Pooling/config.json": {
            "word_embedding_dimension": model.shape.width,
            "pooling_mode_mean_tokens": True,
        },
        "sentence_bert_config.json": {"max_seq_length": LONGEST, "do_lower_case": False},
        "config_sentence_transformers.json": {
            "prompts": {"query": QUERY, "passage": PASSAGE, "document": PASSAGE},
            "similarity_fn_name": "cosine",
        },
        "tokenizer_config.json": {
            **_NAMES,
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": LONGEST,
            "model_input_names": ["input_ids", "attention_mask"],
        },
    }


def _bert(model: Model) -> dict[str, Any]:
    shape = model.shape
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "hidden_act": "gelu",
        "vocab_size": shape.vocabulary,
        "hidden_size": shape.width,
        "num_hidden_layers": shape.layers,
        "num_attention_heads": shape.heads,
        "intermediate_size": shape.inner,
        "max_position_embeddings": shape.positions,
        "type_vocab_size": shape.types,
        "layer_norm_eps": shape.epsilon,
        "pad_token_id": model.tokenizer.token_to_id("<pad>"),
    }
