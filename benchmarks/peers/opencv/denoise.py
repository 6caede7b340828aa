"""OpenCV's fastNlMeansDenoisingColored at its best setting, as a peer of the denoise benchmark.

It says "ready" when it has what it needs. Each line on stdin names a clean picture, a noisy one and the noise level; the answer is the best PSNR in dB over a grid of
settings, chosen by the clean picture itself, and the setting that reached it.
"""
import sys

import cv2
import numpy

print("ready", flush=True)
for line in sys.stdin:
    clean_path, noisy_path, level = line.rstrip("\n").split("\t")
    clean, noisy, sigma = cv2.imread(clean_path), cv2.imread(noisy_path), float(level)
    best = (-1.0, "")
    for luma in (0.4, 0.55, 0.7, 0.85, 1.0):
        for color in (0.4, 0.7, 1.0, 1.5):
            for template, search in ((7, 21), (5, 21)):
                result = cv2.fastNlMeansDenoisingColored(noisy, None, luma * sigma, color * sigma, template, search)
                mse = numpy.mean((result.astype(numpy.float64) - clean) ** 2)
                psnr = 10 * numpy.log10(255 * 255 / mse)
                best = max(best, (psnr, f"h={luma}s hColor={color}s template={template} search={search}"))
    print(f"{best[0]:.4f}\t{best[1]}", flush=True)
