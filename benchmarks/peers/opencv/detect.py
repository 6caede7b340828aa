"""The published detectors with OpenCV's dnn module and their publishers' decoding, as the reference of the detection benchmark.

It says "ready" when it has what it needs. Each line on stdin names a detector (yunet, ultraface or fastestdet), its model and a picture; the answer is a JSON list of what it
found, the surest first: [left, top, right, bottom, score, class, landmarks...].
"""
import json
import sys

import cv2
import numpy as np


def overlap(a, b, pixel):
    width = min(a[2], b[2]) - max(a[0], b[0]) + pixel
    height = min(a[3], b[3]) - max(a[1], b[1]) + pixel
    if width <= 0 or height <= 0:
        return 0
    size = lambda box: (box[2] - box[0] + pixel) * (box[3] - box[1] + pixel)
    return width * height / (size(a) + size(b) - width * height)


def suppress(found, most, pixel):
    kept = []
    for box in sorted(found, key=lambda box: -box[4]):
        if all(overlap(box, other, pixel) <= most for other in kept):
            kept.append(box)
    return kept


def yunet(net, picture):
    height, width = picture.shape[:2]
    ratio = min(1, 640 / width, 640 / height)
    if ratio < 1:
        picture = cv2.resize(picture, (int(width * ratio), int(height * ratio)))
    canvas = np.zeros((640, 640, 3), np.uint8)
    canvas[: picture.shape[0], : picture.shape[1]] = picture
    net.setInput(cv2.dnn.blobFromImage(canvas))
    names = [f"{kind}_{stride}" for stride in (8, 16, 32) for kind in ("cls", "obj", "bbox", "kps")]
    outputs = dict(zip(names, net.forward(names)))
    found = []
    for stride in (8, 16, 32):
        cls, obj = outputs[f"cls_{stride}"].ravel(), outputs[f"obj_{stride}"].ravel()
        box, kps = outputs[f"bbox_{stride}"].reshape(-1, 4), outputs[f"kps_{stride}"].reshape(-1, 10)
        scores = np.sqrt(np.clip(cls, 0, 1) * np.clip(obj, 0, 1))
        for i in np.flatnonzero(scores >= 0.6):
            row, column = divmod(int(i), 640 // stride)
            x, y = (column + box[i, 0]) * stride, (row + box[i, 1]) * stride
            w, h = np.exp(box[i, 2]) * stride, np.exp(box[i, 3]) * stride
            points = [(kps[i, j] + (row if j % 2 else column)) * stride / ratio for j in range(10)]
            found.append([(x - w / 2) / ratio, (y - h / 2) / ratio, (x + w / 2) / ratio, (y + h / 2) / ratio, scores[i], 0, *points])
    return suppress(found, 0.3, 0)


def ultraface(net, picture):
    height, width = picture.shape[:2]
    values = cv2.resize(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB), (320, 240)).astype(np.float32)
    net.setInput(((values - 127) / 128).transpose(2, 0, 1)[None])
    scores, boxes = net.forward(["scores", "boxes"])
    found = [[*(box * [width, height, width, height]), score, 0] for score, box in zip(scores[0, :, 1], boxes[0]) if score > 0.7]
    return suppress(sorted(found, key=lambda box: -box[4])[:200], 0.3, 0)


def fastestdet(net, picture):
    height, width = picture.shape[:2]
    values = cv2.resize(picture, (352, 352), interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    net.setInput(values.transpose(2, 0, 1)[None])
    output = net.forward()[0]
    sigmoid = lambda value: 1 / (1 + np.exp(-value))
    found = []
    for row in range(22):
        for column in range(22):
            cell = output[:, row, column]
            score = cell[0] ** 0.6 * cell[5:].max() ** 0.4
            if score <= 0.3:
                continue
            x, y = (column + np.tanh(cell[1])) / 22 * width, (row + np.tanh(cell[2])) / 22 * height
            w, h = sigmoid(cell[3]) * width, sigmoid(cell[4]) * height
            found.append([x - w / 2, y - h / 2, x + w / 2, y + h / 2, score, int(cell[5:].argmax())])
    return suppress(found, 0.45, 1)[:20]


print("ready", flush=True)
nets = {}
for line in sys.stdin:
    detector, model, path = line.rstrip("\n").split("\t")
    if model not in nets:
        nets[model] = cv2.dnn.readNetFromONNX(model)
    boxes = {"yunet": yunet, "ultraface": ultraface, "fastestdet": fastestdet}[detector](nets[model], cv2.imread(path))
    print(json.dumps([[float(value) for value in box] for box in boxes]), flush=True)
