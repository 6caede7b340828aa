"""Trains one network on pictures that dead_leaves.py made, on the CPU or, where there is one, a GPU.

    python3 dead_leaves.py leaves.npy
    python3 train.py upscale-x2 leaves.npy upscale-x2.pt
    python3 train.py upscale-x4 leaves.npy upscale-x4.pt --start upscale-x2.pt
    python3 train.py denoise    leaves.npy denoise.pt
    python3 export.py denoise denoise.pt ../PhotoStudio.Inference/Networks/denoise.onnx
"""

import argparse
import math
import time

import numpy as np
import torch
from torch.nn import functional

from networks import Denoiser, Upscaler

LUMA = torch.tensor([0.299, 0.587, 0.114]).view(1, 3, 1, 1)
STRONGEST_NOISE = 75 / 255


def reduction(scale):
    """Antialiased bicubic reduction (Keys, a = -0.5, the kernel stretched by the factor) as one separable kernel."""

    def keys(t):
        t = abs(t)
        return 1.5 * t**3 - 2.5 * t**2 + 1 if t < 1 else (-0.5 * t**3 + 2.5 * t**2 - 4 * t + 2 if t < 2 else 0.0)

    taps = torch.tensor([keys((i + 0.5 - 2 * scale) / scale) for i in range(4 * scale)])
    return taps / taps.sum()


def reduce(luma, scale):
    """Antialiased bicubic reduction of (N, 1, H, W) by a whole factor, rounded to 256 levels as a file would have them."""
    taps, edge = reduction(scale).to(luma.device), scale * 3 // 2
    padded = functional.pad(luma, (edge, edge, edge, edge), mode="replicate")
    rows = functional.conv2d(padded, taps.view(1, 1, -1, 1), stride=(scale, 1))
    small = functional.conv2d(rows, taps.view(1, 1, 1, -1), stride=(1, scale))
    return (small.clamp(0, 1) * 255).round() / 255


def crops(pictures, size, batch, generator):
    """A batch of random crops, turned and mirrored: (N, 3, size, size), 0-1."""
    chosen = []
    for _ in range(batch):
        image = pictures[generator.integers(len(pictures))]
        y, x = generator.integers(0, image.shape[0] - size + 1), generator.integers(0, image.shape[1] - size + 1)
        crop = np.rot90(image[y:y + size, x:x + size], generator.integers(4))
        chosen.append(crop[:, ::-1] if generator.integers(2) else crop)
    return torch.from_numpy(np.stack(chosen)).permute(0, 3, 1, 2).float().div(255)


def upscale_pair(pictures, scale, batch, generator):
    clean = (crops(pictures, 36 * scale, batch, generator) * LUMA).sum(1, keepdim=True)
    # The border of a crop lacks its surroundings: it is given to the network but not judged.
    return (reduce(clean, scale),), clean, 4 * scale


def denoise_pair(pictures, batch, generator):
    clean = crops(pictures, 72, batch, generator)
    sigma = torch.from_numpy(generator.uniform(0, STRONGEST_NOISE, (batch, 1, 1, 1))).float()
    noise = torch.from_numpy(generator.standard_normal(clean.shape, dtype=np.float32))
    return (clean + sigma * noise, sigma), clean, 4


def network(task):
    return Denoiser() if task == "denoise" else Upscaler(int(task[-1]))


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("task", choices=["upscale-x2", "upscale-x4", "denoise"])
    arguments.add_argument("pictures")
    arguments.add_argument("output")
    arguments.add_argument("--start", help="weights to start from, where their shapes agree")
    arguments.add_argument("--steps", type=int, default=12000)
    arguments.add_argument("--batch", type=int, default=16)
    arguments.add_argument("--rate", type=float, default=1e-3)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--threads", type=int, default=0, help="processor threads; all cores unless told")
    given = arguments.parse_args()

    torch.manual_seed(given.seed)
    if given.threads:
        torch.set_num_threads(given.threads)
    generator = np.random.default_rng(given.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    pictures = np.load(given.pictures, mmap_mode="r")
    model = network(given.task).to(device)
    if given.start:
        weights, own = torch.load(given.start), model.state_dict()
        model.load_state_dict({k: weights[k] if k in weights and weights[k].shape == v.shape else v for k, v in own.items()})
    optimizer = torch.optim.Adam(model.parameters(), lr=given.rate)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1, (step + 1) / 200) * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * step / given.steps))))

    started, losses = time.time(), []
    for step in range(1, given.steps + 1):
        if given.task == "denoise":
            inputs, clean, border = denoise_pair(pictures, given.batch, generator)
        else:
            inputs, clean, border = upscale_pair(pictures, int(given.task[-1]), given.batch, generator)
        output = model(*(part.to(device) for part in inputs))
        inner = (..., slice(border, -border), slice(border, -border))
        loss = functional.l1_loss(output[inner], clean.to(device)[inner])
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 0.5)
        optimizer.step()
        schedule.step()
        losses.append(loss.item())
        if step % 500 == 0 or step == given.steps:
            print(f"step {step}: loss {np.mean(losses[-500:]):.5f}, {time.time() - started:.0f} s", flush=True)
            torch.save(model.state_dict(), given.output)


if __name__ == "__main__":
    main()
