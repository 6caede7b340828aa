"""Training pictures made by program: textured dead leaves seen through a simple camera.

The dead leaves model (Matheron 1968; Lee, Mumford and Huang 2001, "Occlusion models for natural images") lays opaque
shapes over each other whose radii follow r^-3; such pictures share the scale invariance, the edges and the occlusions
of photographs, and networks trained on them restore photographs nearly as well as networks trained on photographs
(Achddou, Gousseau and Ladjal 2021, "Synthetic images as a regularity prior for image restoration neural networks").
Here every leaf has a shading and a texture (1/f noise, gratings, fibres, flat), and the whole is defocused in parts,
anti-aliased by rendering at twice the size, and given a random tone curve.
"""

import numpy as np

OVERSAMPLING = 2
SMALLEST_RADIUS = 3.0


def fractal_noise(rng, size, exponent):
    """A size x size field with a 1/f^exponent amplitude spectrum, zero mean, unit deviation."""
    frequency = np.fft.fftfreq(size)
    radius = np.hypot(frequency[:, None], frequency[None, : size // 2 + 1].copy())
    radius[0, 0] = 1.0
    spectrum = rng.standard_normal(radius.shape) + 1j * rng.standard_normal(radius.shape)
    field = np.fft.irfft2(spectrum / radius**exponent, s=(size, size))
    field -= field.mean()
    return (field / field.std()).astype(np.float32)


def palette(rng):
    """A dozen colours that could lie in one scene: mostly muted, a few saturated, RGB 0-1."""
    lightness = rng.beta(1.2, 1.2, 12)
    spread = rng.gamma(1.5, 0.05, (12, 1))
    cast = rng.normal(0, 0.06, 3)
    return np.clip(lightness[:, None] + cast + spread * rng.standard_normal((12, 3)), 0, 1).astype(np.float32)


def texture(rng, noises, height, width, scale):
    """A height x width texture in about -1..1; scale is the leaf's radius in pixels."""
    kind = rng.random()
    if kind < 0.2:
        return np.zeros((height, width), np.float32)
    noise = noises[rng.integers(len(noises))]
    y, x = rng.integers(0, noise.shape[0], 2)
    rows, columns = (np.arange(height) + y) % noise.shape[0], (np.arange(width) + x) % noise.shape[1]
    field = noise[np.ix_(rows, columns)] * 0.5
    if kind < 0.65:
        return field
    angle, period = rng.uniform(0, np.pi), np.exp(rng.uniform(np.log(3.0), np.log(max(6.0, scale))))
    across = np.cos(angle) * np.arange(width)[None, :] + np.sin(angle) * np.arange(height)[:, None]
    wave = np.sin(2 * np.pi * across / period + field * rng.uniform(0, 3)).astype(np.float32)
    if kind < 0.8:
        return np.clip(wave * rng.uniform(1, 6), -1, 1)
    if kind < 0.9:
        along = -np.sin(angle) * np.arange(width)[None, :] + np.cos(angle) * np.arange(height)[:, None]
        return wave * np.sin(2 * np.pi * along / (period * rng.uniform(1, 4))).astype(np.float32)
    return wave * 0.6 + field * 0.6


def shape(rng, radius):
    """An anti-aliasing-free mask of one leaf in its bounding box: ellipse, rectangle, triangle or strip."""
    elongation = np.exp(rng.uniform(0, np.log(4.0)))
    if rng.random() < 0.12:
        elongation = rng.uniform(8, 40)
    a, b = radius * np.sqrt(elongation), radius / np.sqrt(elongation)
    half = int(np.ceil(max(a, b))) + 1
    angle = rng.uniform(0, np.pi)
    grid = np.arange(-half, half + 1, dtype=np.float32)
    u = np.cos(angle) * grid[None, :] + np.sin(angle) * grid[:, None]
    v = -np.sin(angle) * grid[None, :] + np.cos(angle) * grid[:, None]
    kind = rng.random()
    if kind < 0.5:
        bend = rng.uniform(-0.6, 0.6)
        return (u / a) ** 2 + ((v + bend * u * u / a) / b) ** 2 < 1
    if kind < 0.8:
        return (np.abs(u) < a * 0.8) & (np.abs(v) < b * 0.8)
    return (v > -b * 0.7) & (np.abs(u) < (b * 0.7 - v) * a / b * 0.6)


def blur(picture, sigma):
    """Gaussian blur of an HxWx3 picture by repeated box sums."""
    radius = max(1, int(round(3 * sigma)))
    kernel = np.exp(-0.5 * (np.arange(-radius, radius + 1) / sigma) ** 2).astype(np.float32)
    kernel /= kernel.sum()
    for axis in (0, 1):
        padded = np.pad(picture, [(radius, radius) if a == axis else (0, 0) for a in range(3)], mode="reflect")
        picture = sum(
            k * np.take(padded, np.arange(i, i + picture.shape[axis]), axis=axis) for i, k in enumerate(kernel))
    return picture


def picture(seed, size):
    """One training picture: size x size x 3, bytes."""
    rng = np.random.default_rng(seed)
    full = size * OVERSAMPLING
    noises = [fractal_noise(rng, 512, e) for e in (0.6, 1.0, 1.3)]
    colours = palette(rng)
    canvas = np.empty((full, full, 3), np.float32)
    canvas[:] = colours[0]
    largest = full * rng.uniform(0.25, 0.6)
    smallest = SMALLEST_RADIUS * np.exp(rng.uniform(0, np.log(4.0)))
    count = int(rng.uniform(800, 3000))

    # r^-3: the inverse of the cumulative distribution between both ends.
    u = rng.random(count)
    radii = (smallest**-2 - u * (smallest**-2 - largest**-2)) ** -0.5
    if rng.random() < 0.4:
        # Far things first and out of focus, near things sharp.
        order = np.concatenate([np.sort(radii[: count // 2])[::-1], radii[count // 2:]])
        defocus = rng.uniform(1.5, 6)
    else:
        order, defocus = np.concatenate([np.sort(radii[: count // 8])[::-1], radii[count // 8:]]), 0
    for index, radius in enumerate(order):
        if defocus and index == count // 2:
            canvas = blur(canvas, defocus)
        mask = shape(rng, radius)
        half = mask.shape[0] // 2
        cy, cx = rng.integers(0, full, 2)
        top, left = max(0, cy - half), max(0, cx - half)
        bottom, right = min(full, cy + half + 1), min(full, cx + half + 1)
        mask = mask[top - cy + half: bottom - cy + half, left - cx + half: right - cx + half]
        if mask.size == 0 or not mask.any():
            continue
        height, width = mask.shape
        colour = colours[rng.integers(len(colours))] + rng.normal(0, 0.04, 3).astype(np.float32)
        other = colours[rng.integers(len(colours))] if rng.random() < 0.3 else colour
        gradient = (rng.normal(0, 0.15) * np.linspace(-1, 1, height, dtype=np.float32)[:, None]
                    + rng.normal(0, 0.15) * np.linspace(-1, 1, width, dtype=np.float32)[None, :])
        grain = texture(rng, noises, height, width, radius)
        mixing = np.clip(grain * 0.5 + 0.5, 0, 1)[..., None]
        leaf = colour + (other - colour) * mixing + (gradient + grain * rng.gamma(1.5, 0.06))[..., None]
        region = canvas[top:bottom, left:right]
        region[mask] = leaf[mask]
    if rng.random() < 0.3:
        canvas = blur(canvas, rng.uniform(0.5, 2.0))
    reduced = canvas.reshape(size, OVERSAMPLING, size, OVERSAMPLING, 3).mean((1, 3))
    tone = np.clip(reduced, 0, 1) ** np.exp(rng.normal(0, 0.25))
    return (np.clip(tone, 0, 1) * 255 + 0.5).astype(np.uint8)


if __name__ == "__main__":
    import argparse
    from concurrent.futures import ProcessPoolExecutor
    from functools import partial

    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("output", help="where the pictures go: one .npy file, N x size x size x 3 bytes")
    arguments.add_argument("--count", type=int, default=400)
    arguments.add_argument("--size", type=int, default=384)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--processes", type=int, default=2)
    given = arguments.parse_args()
    with ProcessPoolExecutor(given.processes) as pool:
        made = list(pool.map(partial(picture, size=given.size), range(given.seed, given.seed + given.count), chunksize=4))
    np.save(given.output, np.stack(made))
