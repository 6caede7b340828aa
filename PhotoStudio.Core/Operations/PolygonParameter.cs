using System.Text.Json;
using System.Text.Json.Nodes;

namespace PhotoStudio.Core.Operations;

/// <summary>
/// A closed polygon by its corners in pixels; the last is joined to the first. As JSON <c>[[10,20],[200,20],[100,180]]</c> or
/// <c>[{"x":10,"y":20},…]</c>; as text the same JSON, or <c>10,20 200,20 100,180</c> as SVG writes it. What the line goes around is
/// inside, also where it crosses itself (the nonzero rule).
/// </summary>
public sealed class PolygonParameter(string name, string description) : Parameter<IReadOnlyList<PixelPoint>>(name, description)
{
    /// <summary>The most corners.</summary>
    public const int MaxPoints = 2_000;

    private const string Accepted = "must be corners such as [[10,20],[200,20],[100,180]], or as text 10,20 200,20 100,180.";

    /// <inheritdoc/>
    public override object? DefaultValue => null;

    private protected override bool TryRead(RawValue raw, out IReadOnlyList<PixelPoint> value, out string? fault)
    {
        var points = new List<PixelPoint>();
        value = points;
        var read = raw.Json is { } json ? TryReadJson(json, points) : TryReadText(raw.Text ?? "", points);
        fault = !read ? Accepted
            : points.Count is < 3 or > MaxPoints ? $"must have 3 to {MaxPoints:N0} corners, not {points.Count:N0}."
            : points.Any(point => !Geometry.IsNear(point.X, point.Y)) ? Geometry.TooFar
            : null;
        return fault is null;
    }

    private protected override JsonNode WriteValue(IReadOnlyList<PixelPoint> value) =>
        new JsonArray([.. value.Select(point => (JsonNode)new JsonArray(point.X, point.Y))]);

    private protected override JsonObject TypeSchema() => new()
    {
        ["type"] = "array",
        ["minItems"] = 3,
        ["maxItems"] = MaxPoints,
        ["items"] = new JsonObject
        {
            ["type"] = "array",
            ["minItems"] = 2,
            ["maxItems"] = 2,
            ["items"] = new JsonObject { ["type"] = "number" },
        },
    };

    private static bool TryReadText(string text, List<PixelPoint> points)
    {
        if (Geometry.ParseJson(text) is { } json) return TryReadJson(json, points);
        if (Geometry.ParseNumbers(text) is not { } numbers || numbers.Length % 2 != 0) return false;

        for (var i = 0; i < numbers.Length; i += 2) points.Add(new(numbers[i], numbers[i + 1]));
        return true;
    }

    private static bool TryReadJson(JsonElement json, List<PixelPoint> points)
    {
        if (json.ValueKind != JsonValueKind.Array) return false;
        foreach (var item in json.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.Array && Geometry.Numbers(item) is [var x, var y]) points.Add(new(x, y));
            else if (Geometry.TryNumber(item, "x", out var left) && Geometry.TryNumber(item, "y", out var top)) points.Add(new(left, top));
            else return false;
        }

        return true;
    }
}

/// <summary>A point in pixels from the picture's left and top; pixel centres lie at halves.</summary>
public readonly record struct PixelPoint(double X, double Y);
