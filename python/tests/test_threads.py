from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import numpy

from hifi_conformance import UnknownName, decode, dot, encode, spec, verify


def test_eight_threads_get_the_same(weights, blocks, model):
    barrier = threading.Barrier(8)

    def all_of_it(_):
        barrier.wait()
        found = []
        for _ in range(4):
            found.append(decode(blocks, "q4_k").tobytes())
            found.append(encode(weights, "q3_k_hifi@r6").tobytes())
            found.append(dot(blocks[0], "q4_k", weights[0]))
            found.append(verify(model, header_only=True).json)
            found.append(spec("iq3_xxs").title)
            try:
                spec("nope")
            except UnknownName as error:
                found.append(str(error))
        return found

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(all_of_it, range(8)))
    assert all(result == results[0] for result in results)


def test_other_threads_run_during_a_call():
    """While one thread decodes a second one counts; it could not if calls kept the GIL."""
    raw = numpy.zeros(64 << 20, numpy.uint8)
    out = numpy.empty(len(raw) // 144 * 256, numpy.float32)
    running = threading.Event()
    done = threading.Event()

    def work():
        running.set()
        decode(raw[: len(raw) // 144 * 144], "q4_k", out=out)
        done.set()

    worker = threading.Thread(target=work)
    worker.start()
    running.wait()
    counted = 0
    while not done.wait(0.002):
        counted += 1
    worker.join()
    assert counted > 3
