"""The two small restoration networks. Both are plain stacks of 3x3 convolutions in residual blocks without
normalisation (Lim et al. 2017, "Enhanced deep residual networks for single image super-resolution"), so that the value of
a pixel depends on a bounded neighbourhood and large pictures can be worked on in tiles without seams."""

import torch
from torch import nn
from torch.nn import functional


class Trunk(nn.Module):
    """channels in -> `width` features through `blocks` residual blocks -> channels out."""

    def __init__(self, inputs, outputs, width, blocks):
        super().__init__()
        self.head = nn.Conv2d(inputs, width, 3, padding=1)
        self.blocks = nn.ModuleList(
            nn.Sequential(nn.Conv2d(width, width, 3, padding=1), nn.ReLU(), nn.Conv2d(width, width, 3, padding=1))
            for _ in range(blocks))
        self.tail = nn.Conv2d(width, outputs, 3, padding=1)
        with torch.no_grad():
            for block in self.blocks:
                block[2].weight.mul_(0.1)
                block[2].bias.zero_()
            self.tail.weight.mul_(0.1)
            self.tail.bias.zero_()

    def forward(self, x):
        features = functional.relu(self.head(x))
        for block in self.blocks:
            features = features + block(features)
        return self.tail(features)


def bicubic_phases(scale):
    """Keys' bicubic (a = -0.5) enlargement by a whole factor as a convolution with scale^2 outputs, for a pixel shuffle."""

    def keys(t):
        t = abs(t)
        return 1.5 * t**3 - 2.5 * t**2 + 1 if t < 1 else (-0.5 * t**3 + 2.5 * t**2 - 4 * t + 2 if t < 2 else 0.0)

    weight = torch.zeros(scale * scale, 1, 5, 5)
    for row in range(scale):
        for column in range(scale):
            dy, dx = (row + 0.5) / scale - 0.5, (column + 0.5) / scale - 0.5
            for i in range(5):
                for j in range(5):
                    weight[row * scale + column, 0, i, j] = keys(i - 2 - dy) * keys(j - 2 - dx)
    return weight


class Upscaler(nn.Module):
    """Luma (N, 1, H, W), 0-1 -> luma (N, 1, scale H, scale W): bicubic enlargement plus what the network adds to it."""

    def __init__(self, scale, width=32, blocks=4):
        super().__init__()
        self.scale = scale
        self.trunk = Trunk(1, scale * scale, width, blocks)
        self.register_buffer("bicubic", bicubic_phases(scale))

    def forward(self, luma):
        # Replicated borders keep the bicubic part exact up to the picture's edge.
        enlarged = functional.conv2d(functional.pad(luma, (2, 2, 2, 2), mode="replicate"), self.bicubic)
        return functional.pixel_shuffle(enlarged + self.trunk(luma), self.scale)


class Denoiser(nn.Module):
    """
    RGB (N, 3, H, W), 0-1, H and W even, and the noise's standard deviation (N, 1, 1, 1) on the same scale -> RGB.
    Works on 2x2 pixels at a time and takes the noise level as an input plane (Zhang, Zuo and Zhang 2018, "FFDNet").
    """

    def __init__(self, width=48, blocks=4):
        super().__init__()
        self.trunk = Trunk(13, 12, width, blocks)

    def forward(self, picture, sigma):
        folded = functional.pixel_unshuffle(picture, 2)
        plane = sigma.expand(-1, 1, folded.shape[2], folded.shape[3])
        noise = functional.pixel_shuffle(self.trunk(torch.cat([folded, plane], 1)), 2)
        return picture - noise
