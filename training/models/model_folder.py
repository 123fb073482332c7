"""Write an encoder as a plain sentence-transformers folder, the same bytes every time."""

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer

MAX_TOKENS = 256
LAYERS_FOLDER = "1_WeightedLayerPooling"
LAYER_WEIGHTS = "layer_weights"
WORD_WEIGHTS = "WordWeights"
MODULES = "modules.json"


def write_model(
    folder: Path,
    *,
    tensors: Mapping[str, torch.Tensor],
    tokenizer: Tokenizer,
    architecture: Mapping[str, Any],
    layer_weights: Sequence[float] = (),
) -> None:
    """Write the encoder: half-precision weights that load and run in single precision.

    ``architecture`` is the content of the teacher's ``config.json``; the vocabulary size and
    the type of numbers are replaced. The state of a token is the mean of its states after each
    layer, that of the embeddings first, by ``layer_weights``; without them, the last one. Files of
    the same names are overwritten.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for module in folder.glob("[0-9]_*"):  # of another layout, they would be taken for ours
        shutil.rmtree(module)
    halves = {
        name: tensor.half().contiguous()
        for name, tensor in tensors.items()
        if tensor.is_floating_point()
    }
    save_file(halves, folder / "model.safetensors", metadata={"format": "pt"})
    (folder / "model.safetensors").chmod(0o644)
    (folder / "tokenizer.json").write_text(tokenizer.to_str() + "\n", encoding="utf-8")
    configurations = _configurations(architecture, tokenizer.get_vocab_size(), len(layer_weights))
    for name, content in configurations.items():
        (folder / name).parent.mkdir(exist_ok=True)
        _write_json(folder / name, content)
    if layer_weights:
        weights = {LAYER_WEIGHTS: torch.tensor(layer_weights, dtype=torch.float32)}
        save_file(weights, folder / LAYERS_FOLDER / "model.safetensors")
        (folder / LAYERS_FOLDER / "model.safetensors").chmod(0o644)


def write_token_weights(folder: Path, weights: dict[str, float], *, vocabulary: list[str]) -> None:
    """Give the tokens of a model folder a weight in the vector of a text; former ones go.

    Args:
        folder: as ``write_model`` leaves it.
        weights: by token; the others weigh one.
        vocabulary: every token, by identifier.
    """
    modules = json.loads((folder / MODULES).read_text(encoding="utf-8"))
    former = {module["type"].rpartition(".")[2]: module["path"] for module in modules}
    names = [name for name in former if name != WORD_WEIGHTS]
    names.insert(names.index("Pooling"), WORD_WEIGHTS)
    described = _modules(names)
    places = {name: module["path"] for name, module in zip(names, described, strict=True)}
    for name, place in former.items():  # 2_Pooling becomes 3_Pooling
        if place != places[name] and (folder / place).exists():
            (folder / place).rename(folder / places[name])
    config = folder / places[WORD_WEIGHTS] / "config.json"
    config.parent.mkdir(exist_ok=True)
    content = {"vocab": vocabulary, "word_weights": weights, "unknown_word_weight": 1.0}
    _write_json(config, content, indent=0)
    _write_json(folder / MODULES, described)


def read_architecture(folder: Path) -> dict[str, Any]:
    """Return the architecture of a model folder, as ``write_model`` takes it."""
    content: dict[str, Any] = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    return content


def read_layer_weights(folder: Path) -> list[float]:
    """Return the weights of the layers of a model folder; none where only the last one counts."""
    path = folder / LAYERS_FOLDER / "model.safetensors"
    return load_file(path)[LAYER_WEIGHTS].tolist() if path.exists() else []


def _configurations(
    architecture: Mapping[str, Any], vocabulary_size: int, weighted_layers: int
) -> dict[str, Any]:
    dropped = ("_name_or_path", "transformers_version", "gradient_checkpointing")
    kept = {key: value for key, value in architecture.items() if key not in dropped}
    names = ["Transformer", "Pooling", "Normalize"]
    weighing: dict[str, Any] = {}
    if weighted_layers:
        names.insert(1, "WeightedLayerPooling")
        kept["output_hidden_states"] = True
        weighing[f"{LAYERS_FOLDER}/config.json"] = {
            "embedding_dimension": architecture["hidden_size"],
            "layer_start": 0,
            "num_hidden_layers": weighted_layers - 1,
        }
    modules = _modules(names)
    return {
        **weighing,
        "config.json": {
            **kept,
            "vocab_size": vocabulary_size,
            "dtype": "float32",
            "torch_dtype": "float32",
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": MAX_TOKENS,
            "model_input_names": ["input_ids", "token_type_ids", "attention_mask"],
            "cls_token": "[CLS]",
            "mask_token": "[MASK]",
            "pad_token": "[PAD]",
            "sep_token": "[SEP]",
            "unk_token": "[UNK]",
        },
        MODULES: modules,
        "sentence_bert_config.json": {"max_seq_length": MAX_TOKENS, "do_lower_case": False},
        "config_sentence_transformers.json": {
            "model_type": "SentenceTransformer",
            "similarity_fn_name": "cosine",
        },
        f"{modules[-2]['path']}/config.json": {
            "word_embedding_dimension": architecture["hidden_size"],
            "pooling_mode_cls_token": False,
            "pooling_mode_mean_tokens": True,
            "pooling_mode_max_tokens": False,
            "pooling_mode_mean_sqrt_len_tokens": False,
        },
    }


def _modules(names: Sequence[str]) -> list[dict[str, Any]]:
    """Describe the modules of an encoder, in order: the first one is the folder itself."""
    return [
        {
            "idx": index,
            "name": str(index),
            "path": f"{index}_{name}" if index else "",
            "type": f"sentence_transformers.models.{name}",
        }
        for index, name in enumerate(names)
    ]


def _write_json(path: Path, content: object, *, indent: int = 2) -> None:
    text = json.dumps(content, indent=indent, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8")
