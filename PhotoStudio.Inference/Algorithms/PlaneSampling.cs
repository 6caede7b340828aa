using System.Runtime.CompilerServices;

namespace PhotoStudio.Inference.Algorithms;

/// <summary>Values of planes between pixels.</summary>
public static class PlaneSampling
{
    /// <summary>The bilinear value at a position in pixels, whose centres are at whole numbers; the border is repeated.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float At(this Plane plane, float x, float y)
    {
        int width = plane.Width;
        x = Math.Clamp(x, 0, width - 1);
        y = Math.Clamp(y, 0, plane.Height - 1);
        int left = (int)x, top = (int)y;
        float u = x - left, v = y - top;
        var at = (top * width) + left;
        var data = plane.Data;
        var right = left + 1 < width ? 1 : 0;
        var below = top + 1 < plane.Height ? width : 0;
        var above = data[at] + (u * (data[at + right] - data[at]));
        var under = data[at + below] + (u * (data[at + below + right] - data[at + below]));
        return above + (v * (under - above));
    }

    /// <summary>The value of the nearest pixel; the border is repeated.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Nearest(this Plane plane, float x, float y) =>
        plane.Data[(Math.Clamp((int)(y + 0.5f), 0, plane.Height - 1) * plane.Width) + Math.Clamp((int)(x + 0.5f), 0, plane.Width - 1)];
}
