"""Synthetic sounds for the tests of hearing: chirps, and sentences of made-up words."""

import numpy as np

from tests.phones.g711 import RATE, Codec, Samples, decode, encode

SILENCE: Samples = np.zeros(RATE, dtype=np.int16)


def through_the_network(samples: Samples, codec: Codec = Codec.PCMA) -> Samples:
    """What is left of a sound after its coding for the telephone."""
    return decode(encode(samples, codec), codec)


def chirp(seed: int) -> Samples:
    """A short burst of noise, different for each seed: 150 to 250 ms."""
    random = np.random.default_rng(seed)
    length = int(random.uniform(0.15, 0.25) * RATE)
    return np.clip(random.normal(0, 4000, length), -32000, 32000).astype(np.int16)


def word(seed: int) -> Samples:
    """A made-up word: a hiss, then voice whose pitch glides and whose vowel changes, then a short pause."""
    random = np.random.default_rng(seed)
    length = int(random.uniform(0.25, 0.5) * RATE)
    moments = np.arange(length) / RATE
    pitch = random.uniform(90, 140) * (1 + random.uniform(-0.3, 0.3) * moments)
    phase = 2 * np.pi * np.cumsum(pitch) / RATE
    voice = np.zeros(length)
    for overtone in range(1, 20):
        loudness = np.interp(moments, np.linspace(0, moments[-1], 6), random.uniform(-1, 1, 6))
        voice += loudness / overtone**0.5 * np.sin(overtone * phase)
    shape = np.sin(np.pi * np.minimum(moments / moments[-1] * 1.2, 1.0)) ** 0.5
    spoken = 3000 * shape * voice
    hiss = random.normal(0, 900, int(random.uniform(0.03, 0.08) * RATE))
    pause = np.zeros(int(0.05 * RATE))
    whole: Samples = np.clip(np.concatenate([hiss, spoken, pause]), -32000, 32000).astype(np.int16)
    return whole


def sentence(*seeds: int) -> Samples:
    """Made-up words one after another."""
    return np.concatenate([word(seed) for seed in seeds])
