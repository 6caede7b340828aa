"""Writes a trained network as ONNX (opset 13, any height and width) with its card in the model's metadata.

    python3 export.py denoise denoise.pt denoise.onnx
"""

import argparse

import onnx
import torch

from train import network


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("task", choices=["upscale-x2", "upscale-x4", "denoise"])
    arguments.add_argument("weights")
    arguments.add_argument("output")
    given = arguments.parse_args()
    model = network(given.task)
    model.load_state_dict(torch.load(given.weights, map_location="cpu"))
    model.eval()
    if given.task == "denoise":
        example, names = (torch.zeros(1, 3, 64, 64), torch.zeros(1, 1, 1, 1)), ["picture", "sigma"]
    else:
        example, names = (torch.zeros(1, 1, 32, 32),), ["luma"]
    torch.onnx.export(
        model, example, given.output, opset_version=13, input_names=names, output_names=["output"],
        dynamic_axes={names[0]: {0: "batch", 2: "height", 3: "width"}, "output": {0: "batch", 2: "height_out", 3: "width_out"}})
    written = onnx.load(given.output)
    written.producer_name, written.doc_string = "photostudio-training", f"{given.task}: see training/README.md"
    onnx.checker.check_model(written)
    onnx.save(written, given.output)


if __name__ == "__main__":
    main()
