using System.Numerics;

namespace PhotoStudio.Inference.Algorithms.Painterly;

/// <summary>
/// Decides where strokes go, in layers from broad to fine brushes (Hertzmann, "Painterly rendering with curved brush strokes of multiple
/// sizes", SIGGRAPH 1998): a stroke follows the flow, bends with it, and ends where its colour no longer fits (Litwinowicz, "Processing
/// images and video for an impressionist effect", SIGGRAPH 1997).
/// </summary>
public static class StrokePlanner
{
    /// <summary>Plans one layer.</summary>
    /// <param name="target">The colours to be painted, as smooth as the brush is broad.</param>
    /// <param name="flow">The directions.</param>
    /// <param name="layer">The layer's brush and spacing.</param>
    /// <param name="random">Chance.</param>
    /// <param name="wanted">How much a stroke is wanted at a pixel, 0 (never) to 1 (always); null wants all.</param>
    /// <param name="recolor">Changes a stroke's colour; null keeps it.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The strokes in the order to paint them.</returns>
    public static BrushStroke[] Plan(
        ColorPlanes target,
        FlowField flow,
        StrokeLayer layer,
        SeededRandom random,
        Plane? wanted = null,
        Func<Vector3, SeededRandom, Vector3>? recolor = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(flow);
        ArgumentNullException.ThrowIfNull(layer);
        ArgumentNullException.ThrowIfNull(random);
        var calm = new GradientNoise(random);
        var spacing = Math.Max(1, layer.Spacing);
        var strokes = new List<BrushStroke>((int)(target.Width / spacing * (target.Height / spacing)) + 16);
        for (var gridY = 0f; gridY < target.Height + (spacing / 2); gridY += spacing)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var gridX = 0f; gridX < target.Width + (spacing / 2); gridX += spacing)
            {
                var x = Math.Clamp(gridX + random.Range(-0.5f, 0.5f) * spacing, 0, target.Width - 1);
                var y = Math.Clamp(gridY + random.Range(-0.5f, 0.5f) * spacing, 0, target.Height - 1);
                var chance = random.Unit();
                if (wanted is not null && wanted.Nearest(x, y) <= chance) continue;
                strokes.Add(Stroke(target, flow, layer, random, calm, recolor, x, y));
            }
        }

        // Fisher–Yates.
        for (var i = strokes.Count - 1; i > 0; i--)
        {
            var j = random.Below(i + 1);
            (strokes[i], strokes[j]) = (strokes[j], strokes[i]);
        }

        return [.. strokes];
    }

    /// <summary>The direction of a stroke at a pixel: the flow where it is clear, a slowly turning one of its own elsewhere.</summary>
    private static Vector2 Direction(FlowField flow, GradientNoise calm, StrokeLayer layer, float x, float y)
    {
        var at = ((int)(y + 0.5f) * flow.Width) + (int)(x + 0.5f);
        Vector2 tangent = new(flow.TangentX.Data[at], flow.TangentY.Data[at]);
        var clear = Math.Clamp((flow.Anisotropy.Data[at] - 0.15f) * 3, 0, 1) * Math.Clamp(flow.Energy.Data[at] * 60, 0, 1);
        var turn = layer.CalmAngle + (layer.CalmTurn * calm.At(x / layer.CalmSize, y / layer.CalmSize));
        Vector2 own = new(MathF.Cos(turn), MathF.Sin(turn));
        if (Vector2.Dot(own, tangent) < 0) tangent = -tangent;
        var mixed = Vector2.Lerp(own, tangent, clear);
        return mixed.LengthSquared() > 1e-6f ? Vector2.Normalize(mixed) : own;
    }

    private static BrushStroke Stroke(
        ColorPlanes target,
        FlowField flow,
        StrokeLayer layer,
        SeededRandom random,
        GradientNoise calm,
        Func<Vector3, SeededRandom, Vector3>? recolor,
        float x,
        float y)
    {
        var direction = Direction(flow, calm, layer, x, y);
        var color = Color(target, x, y);
        var width = layer.HalfWidth * random.Range(0.75f, 1.2f);
        var longest = layer.HalfLength * random.Range(0.7f, 1.25f);
        var forward = Extent(target, color, layer, x, y, direction, longest);
        var backward = Extent(target, color, layer, x, y, -direction, longest);
        var half = Math.Max((forward + backward) / 2, width * 0.9f);
        var shift = (forward - backward) / 2;
        float middleX = x + (shift * direction.X), middleY = y + (shift * direction.Y);

        // How far the flow turns between the middle and the end tells the bend.
        float endX = Math.Clamp(middleX + (half * 0.7f * direction.X), 0, target.Width - 1);
        float endY = Math.Clamp(middleY + (half * 0.7f * direction.Y), 0, target.Height - 1);
        var there = Direction(flow, calm, layer, endX, endY);
        if (Vector2.Dot(there, direction) < 0) there = -there;
        var turn = Math.Clamp((direction.X * there.Y) - (direction.Y * there.X), -0.7f, 0.7f);
        var bend = Math.Clamp(turn * half / (2 * width), -2, 2);
        var angle = MathF.Atan2(direction.Y, direction.X) + (layer.AngleJitter * random.Normal());
        if (recolor is not null) color = Vector3.Clamp(recolor(color, random), Vector3.Zero, Vector3.One);
        return new(middleX, middleY, angle, bend, half, width, color.X, color.Y, color.Z, random.Next());
    }

    private static float Extent(ColorPlanes target, Vector3 color, StrokeLayer layer, float x, float y, Vector2 direction, float longest)
    {
        const int Steps = 4;
        for (var step = 1; step <= Steps; step++)
        {
            var distance = longest * step / Steps;
            float toX = x + (distance * direction.X), toY = y + (distance * direction.Y);
            if (toX < 0 || toY < 0 || toX > target.Width - 1 || toY > target.Height - 1) return distance;
            if (Vector3.Distance(Color(target, toX, toY), color) > layer.Tolerance) return longest * (step - 0.5f) / Steps;
        }

        return longest;
    }

    private static Vector3 Color(ColorPlanes target, float x, float y)
    {
        var at = ((int)(y + 0.5f) * target.Width) + (int)(x + 0.5f);
        return new(target.C0.Data[at], target.C1.Data[at], target.C2.Data[at]);
    }
}

/// <summary>The strokes of one layer.</summary>
/// <param name="HalfWidth">Half the width of a stroke, in pixels.</param>
/// <param name="HalfLength">Half the length of the longest, in pixels.</param>
/// <param name="Spacing">Distance between strokes, in pixels.</param>
/// <param name="Tolerance">How far the colour may change along a stroke: distance in sRGB 0–1.</param>
/// <param name="AngleJitter">Standard deviation of the angle, in radians.</param>
/// <param name="CalmAngle">Direction where the picture has none, in radians.</param>
/// <param name="CalmTurn">How far that direction wanders, in radians.</param>
/// <param name="CalmSize">Over how many pixels it wanders.</param>
public sealed record StrokeLayer(
    float HalfWidth,
    float HalfLength,
    float Spacing,
    float Tolerance = 0.18f,
    float AngleJitter = 0.12f,
    float CalmAngle = 0.6f,
    float CalmTurn = 1.6f,
    float CalmSize = 120);
