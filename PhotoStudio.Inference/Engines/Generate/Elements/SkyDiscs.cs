using System.Numerics;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Engines.Generate.Light;
using PhotoStudio.Inference.Engines.Generate.Painting;

namespace PhotoStudio.Inference.Engines.Generate.Elements;

/// <summary>The discs of the sun and the moon.</summary>
internal sealed class SkyDiscs
{
    private readonly GradientNoise noise;
    private readonly Vector2 sun;
    private readonly float sunRadius;
    private readonly Vector3 sunLight;
    private readonly Vector2 moon;
    private readonly float moonRadius;
    private readonly Vector3 moonLight;
    private readonly float phase;

    public SkyDiscs(SceneView view, Camera camera, SceneBrief brief, Daylight day)
    {
        var random = brief.Random("discs");
        noise = new(random);
        var size = Math.Min(view.Height, view.Width * 1.4f);
        var place = new Vector2(day.SunX * view.Width, camera.Horizon - (day.SunHeight * view.Height));
        sun = place;
        sunRadius = day.SunShown ? size * (day.Time is "sunset" or "sunrise" ? 0.045f : 0.032f) : 0;
        sunLight = NamedColors.Of(brief, "sun", Vector3.Lerp(day.Glow, Vector3.One, 0.55f)) * 4.5f;
        var moonShown = brief.Has("moon", "full-moon", "crescent") || (day.IsNight && !brief.Avoid("moon") && !brief.Has("milky-way", "aurora", "galaxy"));
        if (brief.Avoid("moon")) moonShown = false;
        var large = brief.Has("full-moon", "moon") ? 0.058f : 0.034f;
        moonRadius = moonShown ? size * large : 0;
        moon = day.IsNight ? place : new((1 - day.SunX) * view.Width, camera.Horizon - (0.36f * view.Height));
        if (camera.Horizon - moon.Y > camera.Horizon - (moonRadius * 1.6f)) moon.Y = moonRadius * 1.8f;
        moonLight = NamedColors.Of(brief, "moon", new Vector3(1, 0.96f, 0.87f)) * (day.IsNight ? 1.5f : 1.0f);
        phase = brief.Has("crescent") ? 0.55f : 0;
    }

    /// <summary>Lays the discs over the sky.</summary>
    public Vector3 Over(Vector3 sky, float x, float y)
    {
        var point = new Vector2(x, y);
        if (sunRadius > 0)
        {
            var distance = Vector2.Distance(point, sun);
            sky = Vector3.Lerp(sky, sunLight, Math.Clamp(sunRadius - distance + 0.5f, 0, 1));
        }

        if (moonRadius <= 0) return sky;
        var away = Vector2.Distance(point, moon);
        if (away > moonRadius * 6) return sky;
        sky += moonLight * (0.10f * MathF.Exp(-away / (moonRadius * 1.3f)));
        var cover = Math.Clamp(moonRadius - away + 0.5f, 0, 1);
        if (cover <= 0) return sky;
        var local = (point - moon) / moonRadius;
        if (phase > 0)
        {
            var shadow = Vector2.Distance(local, new(phase, -0.18f));
            cover *= Tone.Step(0.98f, 1.04f, shadow);
        }

        var seas = Tone.Step(-0.05f, 0.4f, noise.Fractal((local.X * 1.3f) + 5, (local.Y * 1.3f) + 5, 4));
        var craters = 0.06f * noise.Fractal(local.X * 6, local.Y * 6, 3);
        var limb = MathF.Sqrt(Math.Max(0, 1 - local.LengthSquared()));
        return Vector3.Lerp(sky, moonLight * (0.82f - (0.3f * seas) + craters) * (0.72f + (0.28f * limb)), cover);
    }
}
