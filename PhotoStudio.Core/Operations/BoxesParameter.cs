using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PhotoStudio.Core.Operations;

/// <summary>
/// One or several upright boxes in pixels. As JSON <c>{"x":10,"y":20,"width":100,"height":50}</c>, <c>[10,20,100,50]</c> or an array
/// of either; as text the same JSON, or <c>10,20,100,50;300,40,60,60</c>.
/// </summary>
public sealed class BoxesParameter(string name, string description) : Parameter<IReadOnlyList<PixelBox>>(name, description)
{
    /// <summary>The most boxes of one value.</summary>
    public const int MaxBoxes = 64;

    private const string Accepted = """must be boxes such as [{"x":10,"y":20,"width":100,"height":50}], or as text 10,20,100,50;300,40,60,60.""";

    /// <inheritdoc/>
    public override object? DefaultValue => null;

    private protected override bool TryRead(RawValue raw, out IReadOnlyList<PixelBox> value, out string? fault)
    {
        var boxes = new List<PixelBox>();
        value = boxes;
        var read = raw.Json is { } json ? TryReadJson(json, boxes) : TryReadText(raw.Text ?? "", boxes);
        fault = !read ? Accepted
            : boxes.Count is 0 or > MaxBoxes ? $"must be 1 to {MaxBoxes} boxes, not {boxes.Count}."
            : boxes.Any(box => box.Width <= 0 || box.Height <= 0) ? "must have boxes wider and higher than 0."
            : boxes.Any(box => !Geometry.IsNear(box.X, box.Y) || !Geometry.IsNear(box.Width, box.Height)) ? Geometry.TooFar
            : null;
        return fault is null;
    }

    private protected override JsonNode WriteValue(IReadOnlyList<PixelBox> value) => new JsonArray([.. value.Select(box => (JsonNode)new JsonObject
    {
        ["x"] = box.X,
        ["y"] = box.Y,
        ["width"] = box.Width,
        ["height"] = box.Height,
    })]);

    private protected override JsonObject TypeSchema()
    {
        var sides = new JsonObject();
        foreach (var side in (string[])["x", "y", "width", "height"]) sides[side] = new JsonObject { ["type"] = "number" };
        return new()
        {
            ["type"] = "array",
            ["minItems"] = 1,
            ["maxItems"] = MaxBoxes,
            ["items"] = new JsonObject { ["type"] = "object", ["properties"] = sides, ["required"] = new JsonArray("x", "y", "width", "height") },
        };
    }

    private static bool TryReadText(string text, List<PixelBox> boxes)
    {
        if (Geometry.ParseJson(text) is { } json) return TryReadJson(json, boxes);

        foreach (var part in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (Geometry.ParseNumbers(part) is not [var x, var y, var width, var height]) return false;
            boxes.Add(new(x, y, width, height));
        }

        return true;
    }

    private static bool TryReadJson(JsonElement json, List<PixelBox> boxes)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                if (!Geometry.TryNumber(json, "x", out var x) || !Geometry.TryNumber(json, "y", out var y)
                    || !Geometry.TryNumber(json, "width", out var width) || !Geometry.TryNumber(json, "height", out var height))
                {
                    return false;
                }

                boxes.Add(new(x, y, width, height));
                return true;
            case JsonValueKind.Array when json.GetArrayLength() == 4 && json[0].ValueKind == JsonValueKind.Number:
                if (Geometry.Numbers(json) is not [var left, var top, var wide, var high]) return false;
                boxes.Add(new(left, top, wide, high));
                return true;
            case JsonValueKind.Array:
                return json.EnumerateArray().All(item =>
                    item.ValueKind is JsonValueKind.Object or JsonValueKind.Array && boxes.Count <= MaxBoxes && TryReadJson(item, boxes));
            default:
                return false;
        }
    }
}

/// <summary>An upright box in pixels; a pixel belongs to it when any part of the pixel does.</summary>
/// <param name="X">Left edge from the picture's left.</param>
/// <param name="Y">Upper edge from the picture's top.</param>
/// <param name="Width">Width, greater than 0.</param>
/// <param name="Height">Height, greater than 0.</param>
public readonly record struct PixelBox(double X, double Y, double Width, double Height)
{
    /// <summary>Whether some of it lies in a picture of this size.</summary>
    public bool Meets(int width, int height) => X < width && Y < height && X + Width > 0 && Y + Height > 0;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Width}×{Height} at ({X}, {Y})");
}
