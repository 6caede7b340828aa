using System.Numerics;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Engines.Generate.Light;
using PhotoStudio.Inference.Engines.Generate.Painting;

namespace PhotoStudio.Inference.Engines.Generate.Terrain;

/// <summary>
/// Water: the mirror image of sky, land and things, broken by waves, over the colour of the depth; foam at the shore and the path of the
/// light. How much is mirrored follows Schlick's approximation of Fresnel's law (1994).
/// </summary>
internal sealed class WaterPainter(TerrainGrid grid, SceneBrief brief, Daylight day, Air air)
{
    private readonly GradientNoise noise = grid.Form.Noise;
    private readonly LandPlan plan = grid.Form.Plan;
    private readonly float rough = brief.Has("storm") ? 1.9f : brief.Has("calm", "reflection") ? 0.25f : grid.Form.Plan.Sea ? 1 : 0.3f;
    private readonly Vector3 deep = Deep(brief, grid.Form.Plan, day);
    private readonly Vector3 shallow = Shallow(brief, grid.Form.Plan, day);

    /// <summary>Paints the water's pixels, which the sight says are water, from the mirror image.</summary>
    public void Paint(SceneView view, SceneView mirror, bool[] isWater, TerrainSight sight, CancellationToken cancellationToken)
    {
        RowBands.Run(
            view.Height,
            (first, end) =>
            {
                for (var y = first; y < end; y++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    for (var x = 0; x < view.Width; x++)
                    {
                        var index = (y * view.Width) + x;
                        if (isWater[index]) view.Blend(index, At(mirror, x, y, sight.Near[index]), sight.Share[index]);
                    }
                }
            },
            cancellationToken);
    }

    private Vector3 At(SceneView mirror, int x, int y, float step)
    {
        var camera = grid.Camera;
        var away = grid.Away(step);
        var across = camera.Across(x + 0.5f, away);
        var depth = plan.WaterLevel - grid.Height(x, step);
        var (slopeX, slopeZ) = Waves(across, away);

        // A slope towards the viewer lifts the mirrored ray, most where the water is seen at a low angle.
        var reach = camera.Height * (0.055f + (0.12f / (1 + (away * 0.2f))));
        var sx = x + (slopeX * reach * 0.55f);
        var sy = y + (slopeZ * reach * 1.5f);
        var seen = Sample(mirror, sx, Math.Max(sy, camera.Horizon + 1));
        var cosine = Math.Clamp((1 / MathF.Sqrt(1 + (away * away))) - (slopeZ * 0.55f) + (plan.Sea ? 0.07f * rough : 0), 0, 1);
        var mirrored = 0.03f + (0.97f * MathF.Pow(1 - cosine, 4.6f) * (plan.Sea ? 0.8f : 0.92f));
        var clear = Tone.Step(plan.Sea ? 1.25f : 0.5f, 0.02f, depth);
        var body = Vector3.Lerp(deep, shallow, clear * clear) * (1 + (0.3f * slopeZ));
        var color = Vector3.Lerp(body, seen * 0.97f, mirrored);
        color += Glitter(x, slopeX, slopeZ, away);
        color = Foam(color, across, away, depth, slopeZ);
        return Vector3.Lerp(color, air.Color(x), air.Cover(away) * (plan.Sea ? 0.42f : 0.7f));
    }

    private (float X, float Z) Waves(float across, float away)
    {
        // Waves finer than a pixel only roughen; they are left out one by one as the distance grows.
        var foot = away * away / grid.Camera.Focal;
        float x = 0, z = 0, size = plan.Sea ? 2.1f : 1.1f, strength = rough * 0.34f;
        for (var i = 0; i < 4; i++)
        {
            var visible = Tone.Step(1.4f, 0.25f, foot / size);
            if (visible > 0)
            {
                float u = across / (size * 1.9f), v = (away / size) + (0.3f * across / size);
                z += strength * visible * noise.At(u + (i * 13), v + (i * 7));
                x += strength * visible * noise.At((u * 1.3f) + 50, (v * 0.9f) + (i * 5));
            }

            size *= 0.42f;
            strength *= 0.72f;
        }

        // What is left of the waves far out: streaks along the horizon.
        var streak = noise.At(across * 0.02f, MathF.Log(away) * 26) * 0.06f * rough;
        return (x, z + streak);
    }

    private Vector3 Glitter(int x, float slopeX, float slopeZ, float away)
    {
        if (!day.SunShown && !(day.IsNight && !brief.Avoid("moon"))) return Vector3.Zero;
        var side = ((x + 0.5f) / grid.Columns) - day.SunX;
        var wide = 0.022f + (0.05f / (1 + (away * 0.06f))) + (0.05f * day.SunHeight);
        var path = MathF.Exp(-side * side / (2 * wide * wide)) + (0.16f * MathF.Exp(-Math.Abs(side) * 7));
        var spark = Tone.Step(0.02f, 0.2f + (0.1f * rough), (slopeZ * 0.8f) + (slopeX * 0.3f) + 0.075f);
        return Vector3.Lerp(day.Glow, day.Sun, 0.35f) * (path * spark * (day.IsNight ? 0.95f : 1.15f));
    }

    private Vector3 Foam(Vector3 color, float across, float away, float depth, float slope)
    {
        if (!plan.Sea) return color;
        var light = (day.Ambient + (day.Sun * (0.35f + (0.5f * day.Steepness)))) * 0.92f;
        var ragged = 0.06f * noise.Fractal(across * 1.1f, away * 1.1f, 4);
        var lace = Tone.Step(0.05f, 0.45f, noise.Fractal(across * 2.6f, away * 4.2f, 3) + 0.3f);
        var edge = Tone.Step(0.055f, 0.015f, depth + ragged);
        var second = Tone.Step(0.035f, 0.005f, Math.Abs(depth - 0.21f + (ragged * 1.6f))) * lace * 0.85f;
        var third = Tone.Step(0.03f, 0.004f, Math.Abs(depth - 0.42f + (ragged * 2.4f))) * lace * lace * 0.55f;
        var crest = rough > 1.5f ? Tone.Step(0.22f, 0.4f, slope) * Tone.Step(60, 10, away) * 0.7f : 0;
        return Vector3.Lerp(color, light, Math.Clamp(Math.Max(edge * (0.55f + (0.45f * lace)), Math.Max(second, Math.Max(third, crest))), 0, 0.95f));
    }

    private static Vector3 Sample(SceneView view, float x, float y)
    {
        x = Math.Clamp(x, 0, view.Width - 1.001f);
        y = Math.Clamp(y, 0, view.Height - 1.001f);
        int left = (int)x, top = (int)y;
        float u = x - left, v = y - top;
        var index = (top * view.Width) + left;
        int right = index + (left + 1 < view.Width ? 1 : 0), below = top + 1 < view.Height ? view.Width : 0;
        return Vector3.Lerp(
            Vector3.Lerp(view.Color[index], view.Color[right], u),
            Vector3.Lerp(view.Color[index + below], view.Color[right + below], u),
            v);
    }

    private static Vector3 Deep(SceneBrief brief, LandPlan plan, Daylight day)
    {
        var color = plan.Sea ? Tone.Hex("12516f") : plan.Terraces ? Tone.Hex("6b7d63") : Tone.Hex("1f4d55");
        foreach (var concept in (string[])["sea", "lake", "river", "water"]) color = NamedColors.Of(brief, concept, color);
        return color * (day.Ambient + (day.Sun * 0.3f)) * 0.9f;
    }

    private static Vector3 Shallow(SceneBrief brief, LandPlan plan, Daylight day)
    {
        var color = plan.Sea ? Tone.Hex("4fc0b8") : Tone.Hex("5a7f6c");
        foreach (var concept in (string[])["sea", "lake", "river", "water"]) color = NamedColors.Of(brief, concept, color);
        return color * (day.Ambient + (day.Sun * 0.35f)) * 0.85f;
    }
}
