"""The object-centric side of an imported log, kept beside its columns: events, mentions and objects as Parquet."""

import json
from pathlib import Path

import numpy as np
import polars as pl

from ..logs.objects import ObjectLog as ReadLog
from ..logs.times import NEVER, moments
from .log import ObjectLog, object_log

FOLDER, INDEX = "objects", "names.json"


def log_of_read(read: ReadLog) -> ObjectLog:
    """The object-centric log of what was read, without events that lack a step or a time and objects that lack a kind."""
    at, activity = moments(read.times), np.frombuffer(read.activity, np.int32).copy()
    kind = np.full(len(read.objects), -1, np.int32)
    if read.type_of:
        kind[list(read.type_of)] = list(read.type_of.values())
    if len(at) and not (at != NEVER).any():
        at = np.zeros_like(at)  # the order of the file is all that is known
    is_good = (activity >= 0) & (at != NEVER)
    fresh = np.cumsum(is_good) - 1
    event, thing = (np.frombuffer(each, np.int32).astype(np.int64) for each in (read.event, read.object))
    kept = is_good[event] & (kind[thing] >= 0)
    return object_log(
        activity=activity[is_good],
        at=at[is_good],
        event=fresh[event[kept]],
        things=thing[kept],
        kind=kind,
        activities=read.activities.values,
        kinds=read.types.values,
    )


def keep_objects(log: ObjectLog, folder: Path) -> None:
    """Keep the log beside the columns that lie in the folder."""
    place = folder / FOLDER
    place.mkdir(parents=True, exist_ok=True)
    pl.DataFrame({"activity": log.activity, "at": log.at}).write_parquet(place / "events.parquet")
    pl.DataFrame({"event": log.event, "object": log.object}).write_parquet(place / "mentions.parquet")
    pl.DataFrame({"kind": log.kind}).write_parquet(place / "objects.parquet")
    names = {"activities": list(log.activities), "kinds": list(log.kinds)}
    (place / INDEX).write_text(json.dumps(names, ensure_ascii=False), "utf-8")


def kept_objects(folder: Path) -> ObjectLog | None:
    """The log that is kept there; None where there is none."""
    place = folder / FOLDER
    if not (place / INDEX).exists():
        return None
    names = json.loads((place / INDEX).read_text("utf-8"))
    events, mentions, objects = (
        pl.read_parquet(place / f"{name}.parquet") for name in ("events", "mentions", "objects")
    )
    return ObjectLog(
        activity=events["activity"].to_numpy().astype(np.int32),
        at=events["at"].to_numpy().astype(np.int64),
        event=mentions["event"].to_numpy().astype(np.int64),
        object=mentions["object"].to_numpy().astype(np.int64),
        kind=objects["kind"].to_numpy().astype(np.int32),
        activities=names["activities"],
        kinds=names["kinds"],
    )
