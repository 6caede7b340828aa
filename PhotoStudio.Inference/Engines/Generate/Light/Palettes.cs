using System.Numerics;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Engines.Generate.Painting;

namespace PhotoStudio.Inference.Engines.Generate.Light;

/// <summary>Five colours that go together, from ground to accent, for pictures without daylight.</summary>
internal static class Palettes
{
    private static readonly string[] Warm = ["2b1b2e 7a2e3a d1583b f2a65a f7e3bf", "3a1f1c 8c3b2a d97b3f efc27a f9efd9", "401f3e 8f2d56 d81159 ffbc42 fbefdd"];
    private static readonly string[] Cool = ["0b1d3a 17486b 2a8c9e 86cfc7 eaf3e6", "14213d 2f4b7c 5a87b8 a7c7dc f2efe6", "10242b 1f5057 3f8f86 9fcfae f4f1dd"];
    private static readonly string[] Mixed =
    [
        "16213e 0f6a73 e0a33a d9502f f6ecd9", "22223b 4a4e69 9a8c98 e0b394 f6e9df", "1b263b 3d5a80 98c1d9 ee6c4d f3efe4", "2d1e2f 6d466b 3f8f9b f0c05a f7efe0",
        "0d3b45 2f7f79 e9c46a e76f51 faf0e0", "2b2d42 8d99ae edf2f4 ef5d4f f2c14e",
    ];

    private static readonly string[] Pastel = ["6d7a99 a7bed3 f1b8b8 f6dfb5 fbf6ee", "7a6f8f b7a7cf f3c1cf c9e2d4 fdf7ef"];
    private static readonly string[] Dark = ["07080d 161a2b 31335a 7c4a72 d98f6c", "0a0f14 12303a 1f5c63 7a8f5f d9bf77"];

    /// <summary>The colours of a picture.</summary>
    public static Vector3[] For(SceneBrief brief)
    {
        var random = brief.Random("palette");
        Vector3[] named = [.. brief.Palette.Concat(brief.Tints.Values).Distinct(StringComparer.Ordinal).Select(name => NamedColors.TryFind(name, out var color) ? color : new(-1)).Where(color => color.X >= 0)];
        if (named.Length > 0) return Around(named, random);
        var tones = brief.Palette;
        var choices = tones.Contains("pastel") || brief.Has("dreamy") ? Pastel
            : tones.Contains("dark") ? Dark
            : tones.Contains("warm") || brief.Has("sunset", "happy", "cozy") ? Warm
            : tones.Contains("cool") || brief.Has("calm", "sea", "lonely", "wave") ? Cool
            : Mixed;
        return Tone.Hexes(random.Pick(choices));
    }

    // Darker, lighter and neighbouring hues of what the prompt names.
    private static Vector3[] Around(Vector3[] named, SeededRandom random)
    {
        Vector3 first = Oklab.FromLinear(named[0]), second = Oklab.FromLinear(named[1 % named.Length]);
        Vector3 Make(Vector3 lab, float lightness, float chroma, float turn)
        {
            var (sin, cos) = MathF.SinCos(turn);
            return Vector3.Max(Oklab.ToLinear(new(lightness, ((lab.Y * cos) - (lab.Z * sin)) * chroma, ((lab.Y * sin) + (lab.Z * cos)) * chroma)), Vector3.Zero);
        }

        var turn = random.Range(0.12f, 0.3f) * random.Sign();
        return named.Length == 1
            ? [Make(first, 0.24f, 0.55f, 0), Make(first, 0.42f, 0.9f, turn), named[0], Make(first, Math.Min(0.85f, first.X + 0.16f), 0.8f, -turn), Make(first, 0.95f, 0.2f, 0)]
            : [Make(first, 0.24f, 0.5f, 0), named[0], Tone.Blend(named[0], named[1], 0.5f), named[1], named.Length > 2 ? named[2] : Make(second, 0.95f, 0.25f, 0)];
    }
}
