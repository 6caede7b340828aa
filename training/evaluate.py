"""Prints what a trained network gains on photographs: PSNR in dB over bicubic enlargement, or of denoised pictures.

    python3 evaluate.py upscale-x2 upscale-x2.pt photo.png ...
"""

import argparse

import numpy as np
import torch
from PIL import Image
from torch.nn import functional

from networks import bicubic_phases
from train import LUMA, network, reduce


def psnr(a, b, border):
    inner = (..., slice(border, -border), slice(border, -border))
    return -10 * torch.log10(((a.clamp(0, 1) - b)[inner] ** 2).mean()).item()


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("task", choices=["upscale-x2", "upscale-x4", "denoise"])
    arguments.add_argument("weights")
    arguments.add_argument("pictures", nargs="+")
    given = arguments.parse_args()
    model = network(given.task)
    model.load_state_dict(torch.load(given.weights, map_location="cpu"))
    model.eval()
    rows = []
    with torch.no_grad():
        for path in given.pictures:
            pixels = np.asarray(Image.open(path).convert("RGB"))
            height, width = (n // 8 * 8 for n in pixels.shape[:2])
            clean = torch.from_numpy(pixels[:height, :width].copy()).permute(2, 0, 1)[None].float() / 255
            if given.task == "denoise":
                row = []
                for sigma in (15, 25, 50):
                    torch.manual_seed(sigma)
                    noisy = clean + torch.randn_like(clean) * sigma / 255
                    row.append(psnr(model(noisy, torch.full((1, 1, 1, 1), sigma / 255)), clean, 1))
            else:
                scale = int(given.task[-1])
                luma = (clean * LUMA).sum(1, keepdim=True)
                small = reduce(luma, scale)
                padded = functional.pad(small, (2, 2, 2, 2), mode="replicate")
                bicubic = functional.pixel_shuffle(functional.conv2d(padded, bicubic_phases(scale)), scale)
                row = [psnr(bicubic, luma, scale), psnr(model(small), luma, scale)]
                row.append(row[1] - row[0])
            rows.append(row)
            print(path, " ".join(f"{value:.2f}" for value in row))
    print("mean", " ".join(f"{value:.2f}" for value in np.mean(rows, 0)))


if __name__ == "__main__":
    main()
