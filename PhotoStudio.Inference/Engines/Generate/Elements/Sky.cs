using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Engines.Generate.Light;
using PhotoStudio.Inference.Engines.Generate.Painting;

namespace PhotoStudio.Inference.Engines.Generate.Elements;

/// <summary>The sky: its gradient, the glow of the sun, stars, the Milky Way, aurora, a rainbow, the discs of sun and moon, and clouds.</summary>
internal static class Sky
{
    /// <summary>Paints the sky down to the horizon and a little below, where the land will cover it.</summary>
    public static void Paint(SceneView view, Camera camera, SceneBrief brief, Daylight day, CancellationToken cancellationToken)
    {
        var clouds = new Clouds(brief, day);
        var stars = new Stars(brief, day, view.Height);
        var aurora = brief.Has("aurora") ? new Aurora(brief) : null;
        var discs = new SkyDiscs(view, camera, brief, day);
        var rainbow = brief.Has("rainbow") ? new Rainbow(day) : null;
        var rows = Math.Min(view.Height, (int)camera.Horizon + 3);
        float size = view.Height, sunX = day.SunX * view.Width, sunY = camera.Horizon - (day.SunHeight * size);
        RowBands.Run(
            rows,
            (first, end) =>
            {
                for (var y = first; y < end; y++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    var height = Math.Max(0, (camera.Horizon - y - 0.5f) / size);
                    var clear = day.SkyAt(height);
                    for (var x = 0; x < view.Width; x++)
                    {
                        var across = (x + 0.5f - camera.Center) / size;
                        var glow = day.GlowAt((x + 0.5f - sunX) / size, (sunY - y - 0.5f) / size, height);
                        var color = clear + stars.At(x, y, across, height);
                        if (aurora is not null) color += aurora.At(across, height);
                        color = discs.Over(color + glow, x + 0.5f, y + 0.5f);
                        if (rainbow is not null) color += rainbow.At(across, height);
                        view.Color[(y * view.Width) + x] = clouds.Over(color, across, height, glow);
                    }
                }
            },
            cancellationToken);

        // Below the horizon nothing but air is left where the land leaves a gap.
        for (var y = rows; y < view.Height; y++)
            Array.Copy(view.Color, (rows - 1) * view.Width, view.Color, y * view.Width, view.Width);
    }
}
