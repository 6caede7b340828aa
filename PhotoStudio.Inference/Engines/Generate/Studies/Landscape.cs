using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Engines.Generate.Elements;
using PhotoStudio.Inference.Engines.Generate.Light;
using PhotoStudio.Inference.Engines.Generate.Painting;
using PhotoStudio.Inference.Engines.Generate.Terrain;

namespace PhotoStudio.Inference.Engines.Generate.Studies;

/// <summary>A landscape: sky, land, water, things from far to near, weather.</summary>
internal static class Landscape
{
    /// <summary>Paints the landscape.</summary>
    public static SceneView Paint(SceneBrief brief, int width, int height, Action<float, string> progress, CancellationToken cancellationToken)
    {
        var day = DaylightMaker.For(brief);
        var plan = LandPlanner.For(brief, day.Side);
        var camera = Look(brief, plan, width, height);
        if (Knolls(brief)) plan = plan with { Knoll = Rise(plan, camera, day) };
        var view = new SceneView(width, height);
        progress(0.02f, "painting the sky");
        Sky.Paint(view, camera, brief, day, cancellationToken);
        progress(0.2f, "shaping the land");
        var air = new Air(camera, day);
        var form = new LandForm(plan, brief.Random("form"));
        var grid = new TerrainGrid(camera, form, day, cancellationToken);
        var ground = new GroundColors(grid, brief, day, air);
        var water = plan.HasWater ? plan.WaterLevel : float.MinValue;
        var sight = TerrainSight.Direct(grid, water, cancellationToken);
        progress(0.4f, "painting the land");
        var isWater = plan.HasWater ? new bool[width * height] : [];
        PaintLand(view, grid, ground, sight, isWater, cancellationToken);
        var site = new Site(brief, day, camera, form);
        new Planting(site).Plant();
        new Staging(site).Set();
        var things = site.Sorted();
        if (plan.HasWater)
        {
            progress(0.55f, "painting the water");
            var mirror = Mirror(view, grid, ground, cancellationToken);
            foreach (var thing in things)
            {
                cancellationToken.ThrowIfCancellationRequested();
                thing.PaintMirrored(mirror, camera, air, plan.WaterLevel);
            }

            new WaterPainter(grid, brief, day, air).Paint(view, mirror, isWater, sight, cancellationToken);
        }

        progress(0.7f, "painting what stands in it");
        foreach (var thing in things)
        {
            cancellationToken.ThrowIfCancellationRequested();
            thing.Paint(view, camera, air);
        }

        progress(0.85f, "weather");
        Weather.Paint(view, camera, brief, day, air, cancellationToken);
        return view;
    }

    // "A castle on a hill": the hill is under the castle.
    private static bool Knolls(SceneBrief brief) => brief.Has("hill", "cliff", "mountain") && brief.Has("castle", "church", "temple", "tower") && !brief.Has("lighthouse", "city");

    private static Knoll Rise(LandPlan plan, Camera camera, Daylight day)
    {
        var away = camera.Focal * 9 / (Knoll.Part * camera.Height);
        var across = camera.Across(Site.FocusOf(day) * camera.Width, away);
        return new(across, away, 0.115f * camera.Height * away / camera.Focal, 0.36f * camera.Width * away / camera.Focal * (plan.Sea ? 0.8f : 1));
    }

    private static Camera Look(SceneBrief brief, LandPlan plan, int width, int height)
    {
        var random = brief.Random("camera");
        var sky = brief.Has("aurora", "milky-way", "stars", "balloon", "rainbow", "firework", "cloud", "moon", "lightning", "kite");
        var ground = brief.Has("flower", "field", "meadow", "river", "road", "rice-terrace", "lavender", "tulip", "garden", "beach", "canyon");
        var share = sky ? random.Range(0.7f, 0.75f) : ground ? random.Range(0.5f, 0.55f) : random.Range(0.57f, 0.63f);
        if (plan.Mountains > 0 && !sky) share = Math.Max(share, 0.57f);
        if (width < height * 0.8f) share += 0.04f;
        var focal = Math.Max(width * 0.92f, height * 0.8f);
        return new(width, height, height * share, focal);
    }

    private static void PaintLand(
        SceneView view, TerrainGrid grid, GroundColors ground, TerrainSight sight, bool[] isWater, CancellationToken cancellationToken)
    {
        var level = grid.Form.Plan.WaterLevel;
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
                        float near = sight.Near[index], far = sight.Far[index], share = sight.Share[index];
                        if (near < 0) continue;
                        if (share < 1 && far >= 0) view.Color[index] = ground.At(x, far, y);
                        view.Depth[index] = grid.Away(near);
                        if (isWater.Length > 0 && grid.Height(x, near) < level) isWater[index] = true;
                        else view.Blend(index, ground.At(x, near, y), share);
                    }
                }
            },
            cancellationToken);
    }

    private static SceneView Mirror(SceneView view, TerrainGrid grid, GroundColors ground, CancellationToken cancellationToken)
    {
        var mirror = new SceneView(view.Width, view.Height);
        var sight = TerrainSight.Mirrored(grid, grid.Form.Plan.WaterLevel, cancellationToken);
        RowBands.Run(
            view.Height,
            (first, end) =>
            {
                for (var y = first; y < end; y++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    var above = Math.Clamp((int)((2 * grid.Camera.Horizon) - y), 0, Math.Max(0, (int)grid.Camera.Horizon - 1));
                    for (var x = 0; x < view.Width; x++)
                    {
                        var index = (y * view.Width) + x;
                        mirror.Color[index] = view.Color[(above * view.Width) + x];
                        if (sight.Near[index] < 0) continue;
                        mirror.Depth[index] = grid.Away(sight.Near[index]);
                        if (sight.Far[index] >= 0 && sight.Share[index] < 1) mirror.Color[index] = ground.At(x, sight.Far[index], y);
                        mirror.Blend(index, ground.At(x, sight.Near[index], y), sight.Share[index]);
                    }
                }
            },
            cancellationToken);
        return mirror;
    }
}
