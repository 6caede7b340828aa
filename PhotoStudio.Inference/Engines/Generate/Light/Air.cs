using System.Numerics;
using PhotoStudio.Inference.Engines.Generate.Painting;

namespace PhotoStudio.Inference.Engines.Generate.Light;

/// <summary>The air between the viewer and things: it takes on the colour of the sky's foot, warmer towards the sun.</summary>
internal sealed class Air
{
    private readonly Vector3[] colors;
    private readonly float visibility;

    public Air(Camera camera, Daylight day)
    {
        visibility = day.Visibility;
        colors = new Vector3[camera.Width];
        var low = ((day.SkyAt(0.03f) * 0.5f) + (day.SkyAt(0.2f) * 0.3f) + (day.SkyAt(0.45f) * 0.2f)) * (day.Time is "sunset" or "sunrise" or "golden-hour" ? 0.8f : 0.95f);
        for (var x = 0; x < colors.Length; x++)
        {
            var across = (x + 0.5f - (day.SunX * camera.Width)) / camera.Height;
            colors[x] = low + (day.GlowAt(across, Math.Max(day.SunHeight, 0.04f), 0.02f) * 0.42f);
        }
    }

    /// <summary>The air's colour in a column.</summary>
    public Vector3 Color(int column) => colors[Math.Clamp(column, 0, colors.Length - 1)];

    /// <summary>How much of a thing the air covers, 0–1, by its distance and its height.</summary>
    public float Cover(float away, float height = 0)
    {
        var thick = MathF.Exp(-Math.Max(0, height) * 0.035f);
        return 1 - MathF.Exp(-Math.Max(0, away - 1.5f) / visibility * (0.35f + (0.65f * thick)));
    }
}
