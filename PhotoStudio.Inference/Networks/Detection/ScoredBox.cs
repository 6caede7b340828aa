namespace PhotoStudio.Inference.Networks.Detection;

/// <summary>Something that a network found in a picture.</summary>
/// <param name="Class">The class's index in the network's list.</param>
/// <param name="Score">How sure, 0–1.</param>
/// <param name="X">Left edge of its box, in pixels of the picture.</param>
/// <param name="Y">Upper edge.</param>
/// <param name="Width">Width of the box.</param>
/// <param name="Height">Height of the box.</param>
public readonly record struct ScoredBox(int Class, float Score, float X, float Y, float Width, float Height)
{
    /// <summary>The area that two boxes share, as a part of the area that they cover together, 0–1.</summary>
    /// <param name="other">The other one.</param>
    /// <param name="pixel">1 when edges are taken for whole pixels that belong to the box, as some publishers do; otherwise 0.</param>
    public float OverlapWith(ScoredBox other, float pixel = 0)
    {
        var width = Math.Min(X + Width, other.X + other.Width) - Math.Max(X, other.X) + pixel;
        var height = Math.Min(Y + Height, other.Y + other.Height) - Math.Max(Y, other.Y) + pixel;
        if (width <= 0 || height <= 0) return 0;
        var shared = width * height;
        var both = ((Width + pixel) * (Height + pixel)) + ((other.Width + pixel) * (other.Height + pixel)) - shared;
        return both <= 0 ? 0 : shared / both;
    }

    /// <summary>The part of the box that lies in a picture.</summary>
    public ScoredBox Within(int width, int height)
    {
        float left = Math.Clamp(X, 0, width), top = Math.Clamp(Y, 0, height);
        return this with
        {
            X = left,
            Y = top,
            Width = Math.Clamp(X + Width, 0, width) - left,
            Height = Math.Clamp(Y + Height, 0, height) - top,
        };
    }
}
