using System.Numerics;
using PhotoStudio.Inference.Engines.StyleTransfer;

namespace PhotoStudio.Inference.Engines.Reimagine;

/// <summary>A light with its colours.</summary>
/// <param name="Name">Its name, as it is told.</param>
/// <param name="Stops">Exposure, in stops.</param>
/// <param name="Gains">What each channel is multiplied by, in linear light.</param>
/// <param name="Shadow">The colour shadows lean to.</param>
/// <param name="Highlight">The colour lights lean to.</param>
/// <param name="Tint">How far they lean, 0–1.</param>
/// <param name="Contrast">Contrast around the middle, 0 for none.</param>
/// <param name="Saturation">What colours are multiplied by.</param>
/// <param name="SkyTop">The sky's colour overhead.</param>
/// <param name="SkyFoot">The sky's colour at the horizon.</param>
/// <param name="Sky">How much of the sky takes these colours, 0–1.</param>
/// <param name="Sun">The colour of the light's source.</param>
/// <param name="Glow">How strongly the source glows into the picture, 0–1.</param>
/// <param name="Stars">Whether stars stand in the sky.</param>
internal sealed record Mood(
    string Name,
    float Stops,
    Vector3 Gains,
    Vector3 Shadow,
    Vector3 Highlight,
    float Tint,
    float Contrast,
    float Saturation,
    Vector3 SkyTop,
    Vector3 SkyFoot,
    float Sky,
    Vector3 Sun,
    float Glow,
    bool Stars = false)
{
    /// <summary>The moods that chance chooses from.</summary>
    public static IReadOnlyList<Mood> All { get; } =
    [
        Make("golden hour", 0.1f, (1.18f, 1.0f, 0.74f), 0x4A2C3A, 0xFFD58A, 0.3f, 0.25f, 1.15f, 0x7FA6D8, 0xFFD9A0, 0.45f, 0xFFC265, 0.5f),
        Make("sunset", -0.25f, (1.2f, 0.9f, 0.86f), 0x2B1B4A, 0xFF9A5A, 0.42f, 0.35f, 1.2f, 0x3B3A7A, 0xFF8A4C, 0.75f, 0xFF7A3C, 0.55f),
        Make("blue hour", -0.7f, (0.74f, 0.9f, 1.3f), 0x0D1B3F, 0xA9C4F0, 0.4f, 0.2f, 0.9f, 0x14285C, 0x7F9AD6, 0.75f, 0xFFDDA8, 0.12f),
        Make("night", -1.35f, (0.68f, 0.86f, 1.32f), 0x050A1C, 0x9DB7E8, 0.42f, 0.35f, 0.75f, 0x050A1E, 0x1C2C5A, 0.9f, 0xDCE6FF, 0.22f, true),
        Make("misty dawn", 0.25f, (1.06f, 0.98f, 0.96f), 0x6F7FA0, 0xFFE3D0, 0.35f, -0.2f, 0.78f, 0xA9BEDC, 0xFFE2CC, 0.6f, 0xFFE0C0, 0.4f),
        Make("overcast", -0.1f, (0.95f, 1.0f, 1.05f), 0x39424C, 0xDDE4EA, 0.3f, -0.08f, 0.62f, 0x98A4B0, 0xD4DADF, 0.6f, 0xFFFFFF, 0),
        Make("storm light", -0.55f, (0.9f, 0.98f, 1.05f), 0x141B24, 0xE6E0B8, 0.35f, 0.6f, 0.85f, 0x1D2733, 0x8C9388, 0.75f, 0xF4E7B0, 0.25f),
        Make("neon night", -0.8f, (0.95f, 0.75f, 1.25f), 0x12083A, 0xFF5FC8, 0.55f, 0.5f, 1.35f, 0x14063C, 0x8A2BE2, 0.8f, 0x2CE8FF, 0.4f),
        Make("pastel dream", 0.45f, (1.06f, 0.98f, 1.04f), 0x8F86B8, 0xFFE6EE, 0.4f, -0.28f, 0.88f, 0xBFD4F4, 0xFFDDE8, 0.6f, 0xFFF0F4, 0.3f),
        Make("teal and orange", -0.05f, (1.04f, 1.0f, 0.98f), 0x0B3C46, 0xFFB070, 0.5f, 0.4f, 1.15f, 0x2F7C8C, 0xFFD2A4, 0.5f, 0xFFC080, 0.2f),
        Make("old gold", -0.1f, (1.12f, 1.0f, 0.72f), 0x2E2212, 0xF4D9A0, 0.5f, 0.1f, 0.65f, 0xBFA878, 0xF2E2BC, 0.5f, 0xFFE0A0, 0.25f),
        Make("steel blue", -0.15f, (0.88f, 0.98f, 1.14f), 0x101C2C, 0xCFE0F0, 0.55f, 0.45f, 0.4f, 0x3A526C, 0xC8D8E6, 0.5f, 0xE8F2FF, 0.12f),
        Make("rose light", 0.15f, (1.14f, 0.93f, 0.98f), 0x4A1F3C, 0xFFC4C8, 0.45f, 0.12f, 1.0f, 0xC98FB4, 0xFFD6CC, 0.6f, 0xFFB0B8, 0.35f),
        Make("emerald shade", -0.25f, (0.92f, 1.08f, 0.9f), 0x0C2A20, 0xE0F0B8, 0.42f, 0.25f, 1.05f, 0x3E7C6C, 0xDDEBC4, 0.45f, 0xE8F6B0, 0.25f),
        Make("desert heat", 0.15f, (1.2f, 0.98f, 0.72f), 0x5A2A14, 0xFFE0A0, 0.42f, 0.3f, 1.1f, 0xE09C58, 0xFFE6BC, 0.65f, 0xFFE4A8, 0.4f),
        Make("arctic light", 0.25f, (0.9f, 1.0f, 1.12f), 0x2A4868, 0xF2FAFF, 0.4f, 0.15f, 0.7f, 0x8FC0E8, 0xF0F8FF, 0.55f, 0xF4FBFF, 0.25f),
    ];

    /// <summary>The mood of a name.</summary>
    public static Mood Get(string name) => All.First(mood => mood.Name == name);

    private static Mood Make(
        string name, float stops, (float R, float G, float B) gains, int shadow, int highlight, float tint, float contrast, float saturation,
        int skyTop, int skyFoot, float sky, int sun, float glow, bool stars = false) =>
        new(name, stops, new(gains.R, gains.G, gains.B), Tints.Hex(shadow), Tints.Hex(highlight), tint, contrast, saturation,
            Tints.Hex(skyTop), Tints.Hex(skyFoot), sky, Tints.Hex(sun), glow, stars);
}
