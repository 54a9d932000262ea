"""Makes the encoder on this machine: ``python -m language.encoder.convert``.

From the pinned package's weights and the adapter that this project ships, in under a minute. What
is there already is not made again. ``--library FOLDER`` writes what sentence-transformers reads
instead, to train it further.
"""

import argparse
import hashlib
import shutil
import uuid
from pathlib import Path

import onnx

from language.encoder import adapter
from language.encoder.base import Model, base_model
from language.encoder.errors import EncoderUnavailable
from language.encoder.graph import make_graph
from language.encoder.library_folder import write_library_folder
from language.encoder.loading import encoder_folder
from language.encoder.package import SHA256, fetch_weights
from language.encoder.packed import PackedFileError, read_packed
from language.encoder.serving import (
    GRAPH,
    IDENTITY,
    MEANS,
    TOKENIZER,
    is_encoder,
    read_identity,
)
from store.settings import Settings

FORMAT = 2
SHIPPED = Path(__file__).parent.parent / "models" / "zhida-encoder"
ADAPTER = SHIPPED / adapter.FILE


def make_encoder(settings: Settings, taught: Path | None = ADAPTER) -> Path:
    """Return the folder of the converted encoder, made anew only when it is another.

    ``taught`` is the adapter to add, where there is one. Raises EncoderUnavailable.
    """
    folder, identity = encoder_folder(settings), _identity(taught)
    if is_encoder(folder) and read_identity(folder) == identity:
        return folder
    model = taught_model(settings, taught)
    aside = folder.with_name(f".{folder.name}-{uuid.uuid4().hex}")
    try:
        _write(model, identity, aside)
        shutil.rmtree(folder, ignore_errors=True)
        aside.rename(folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return folder


def taught_model(settings: Settings, taught: Path | None = ADAPTER) -> Model:
    """Return the base model with what the adapter adds, in 32 bits."""
    try:
        model = base_model(read_packed(fetch_weights(settings.cache).read_bytes()))
    except PackedFileError as error:
        raise EncoderUnavailable(str(error)) from error
    if taught is None or not taught.is_file():
        return model
    return Model(model.shape, adapter.merge(model.tensors, taught), model.tokenizer)


def _write(model: Model, identity: str, folder: Path) -> None:
    folder.mkdir(parents=True)
    onnx.save(make_graph(model.shape, model.tensors), str(folder / GRAPH))
    model.tokenizer.save(str(folder / TOKENIZER))
    shutil.copyfile(SHIPPED / MEANS, folder / MEANS)
    # Last, so that a folder with it is whole.
    (folder / IDENTITY).write_text(identity, "ascii")


def _identity(taught: Path | None) -> str:
    """Name what comes out: vectors of different encoders must not mix."""
    digest = hashlib.sha256(f"{FORMAT}:{SHA256}".encode())
    digest.update((SHIPPED / MEANS).read_bytes())
    if taught is not None and taught.is_file():
        digest.update(taught.read_bytes())
    return f"zhida-encoder:{digest.hexdigest()[:12]}"


def _main() -> None:
    options = argparse.ArgumentParser(prog="python -m language.encoder.convert")
    options.add_argument("--library", type=Path, help="write a sentence-transformers folder")
    options.add_argument("--untaught", action="store_true", help="without the adapter")
    given = options.parse_args()
    taught = None if given.untaught else ADAPTER
    try:
        if given.library is None:
            print(make_encoder(Settings(), taught))
        else:
            write_library_folder(taught_model(Settings(), taught), given.library)
    except EncoderUnavailable as error:
        raise SystemExit(f"错误：{error}") from error


if __name__ == "__main__":
    _main()
