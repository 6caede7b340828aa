using System.Numerics;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Engines.Generate.Light;
using PhotoStudio.Inference.Engines.Generate.Painting;

namespace PhotoStudio.Inference.Engines.Generate.Elements;

/// <summary>Water that falls over a wall of rock, and fire that rises from a mountain.</summary>
internal sealed class Waterfalls(Daylight day)
{
    /// <summary>A waterfall one unit high with its rock, its foot at the origin.</summary>
    public void Paint(SceneBrush brush, Vector3 stone, uint seed)
    {
        var random = new SeededRandom(seed);
        var noise = new GradientNoise(random);
        var wall = new ShapePath().From(-2.1f, -0.06f);
        for (var i = 0; i <= 46; i++)
        {
            var x = -2.1f + (i * 4.2f / 46);
            var rise = 1.04f * Tone.Step(2.1f, 0.75f, Math.Abs(x)) * (1 + (0.2f * noise.Fractal(x * 1.8f, 3, 4)));
            if (Math.Abs(x) < 0.2f) rise = 0.97f;
            wall.To(x, rise + (0.04f * noise.At(x * 9, 1)));
        }

        wall.To(2.1f, -0.06f);
        brush.Shade(wall, p =>
        {
            var grain = noise.Ridged(p.X * 2.2f, (p.Y * 0.9f) + 4, 5);
            var ledge = noise.Fractal(p.X * 1.2f, p.Y * 7, 4);
            var moss = Tone.Step(0.05f, 0.45f, noise.Fractal((p.X * 2) + 9, p.Y * 3, 4) + (0.5f * (p.Y - 0.5f)));
            var rock = Vector3.Lerp(stone * (0.55f + (0.7f * grain)), Tone.Hex("4d6b35") * (0.7f + (0.5f * ledge)), moss * 0.85f);
            return day.On(rock, Math.Clamp(0.25f + (0.5f * ledge) + (0.16f * p.X * day.Side), 0.02f, 0.8f), 0.75f);
        });
        var light = (day.Ambient * 0.95f) + (day.Sun * 0.5f);
        var fall = new ShapePath().From(-0.17f, 0.98f).Curve(-0.2f, 0.7f, -0.24f, 0.3f, -0.3f, -0.02f).To(0.3f, -0.02f).Curve(0.24f, 0.3f, 0.2f, 0.7f, 0.17f, 0.98f);
        brush.Shade(fall, p =>
        {
            var veil = noise.Fractal(p.X * 26 / (1.2f - (0.4f * p.Y)), p.Y * 1.6f, 4);
            return Vector3.Lerp(light * new Vector3(0.5f, 0.62f, 0.7f), light, Tone.Step(-0.4f, 0.4f, veil));
        }, 0.96f);
        for (var i = 0; i < 90; i++)
        {
            float x = random.Normal() * 0.22f, y = Math.Abs(random.Normal()) * 0.09f;
            brush.Dab(x, y - 0.02f, random.Range(0.03f, 0.09f), random.Range(0.02f, 0.05f), 0, light, 0.16f);
        }
    }

    /// <summary>Smoke, glow and streams of lava over a crater at the origin; the unit is the mountain's height.</summary>
    public void Erupt(SceneBrush brush, SeededRandom random)
    {
        var dark = 1 - Math.Clamp(Tone.Luminance(day.Ambient) * 1.4f, 0, 0.8f);
        Vector3 fire = new(3.2f, 0.95f, 0.16f);
        var drift = 0.34f * day.Side;
        for (var i = 0; i < 150; i++)
        {
            var t = i / 150f;
            float x = (drift * t * t) + (random.Normal() * 0.11f * (0.15f + t)), y = (0.85f * t) + 0.02f;
            var glow = fire * (0.16f * MathF.Exp(-t * 5) * dark);
            brush.Dab(x, y, 0.035f + (0.1f * t), 0.03f + (0.085f * t), random.Range(0, 3), day.On(new(0.2f, 0.18f, 0.18f), 0.2f + (0.5f * random.Unit())) + glow, 0.34f);
        }

        brush.Glow(0, 0.03f, 0.75f, fire * (0.28f * dark));
        brush.Glow(0, 0.0f, 0.16f, fire * 0.9f);
        for (var stream = 0; stream < 5; stream++)
        {
            var at = new Vector2(random.Range(-0.05f, 0.05f), -0.03f);
            var lean = random.Range(-0.9f, 0.9f);
            var path = new List<(float X, float Y, float Radius)> { (at.X, at.Y, 0.012f) };
            for (var i = 1; i < 9; i++)
            {
                at += new Vector2((lean * 0.04f) + random.Range(-0.016f, 0.016f), -random.Range(0.03f, 0.06f));
                path.Add((at.X, at.Y, 0.011f * (1 - (i / 10f))));
            }

            brush.Fill(new ShapePath().SmoothLimb([.. path]), fire * 1.1f, 0.92f);
            foreach (var (x, y, _) in path) brush.Glow(x, y, 0.07f, fire * (0.12f * dark));
        }

        for (var i = 0; i < 60; i++)
        {
            var angle = random.Range(0.5f, 2.6f);
            var reach = random.Range(0.05f, 0.3f);
            brush.Dab(MathF.Cos(angle) * reach * 0.8f, MathF.Sin(angle) * reach, 0.003f, 0.006f, angle, fire, 0.9f);
        }
    }
}
