using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Engines.Generate.Light;
using PhotoStudio.Inference.Engines.Generate.Painting;
using PhotoStudio.Inference.Engines.Generate.Terrain;

namespace PhotoStudio.Inference.Engines.Generate.Studies;

/// <summary>Where things can stand in a scene, and the things that have been put there.</summary>
internal sealed class Site(SceneBrief brief, Daylight day, Camera camera, LandForm form)
{
    private readonly List<Thing> things = [];

    public SceneBrief Brief => brief;

    public Daylight Day => day;

    public Camera Camera => camera;

    public LandForm Form => form;

    public LandPlan Plan => form.Plan;

    /// <summary>Where the first subject goes, as a share of the width: across from the sun, on a third.</summary>
    public float Focus { get; } = FocusOf(day);

    /// <summary>The same, for a scene that has no site yet.</summary>
    public static float FocusOf(Daylight day) => day.SunX < 0.5f ? 0.66f : 0.34f;

    /// <summary>The things from far to near.</summary>
    public IReadOnlyList<Thing> Sorted() => [.. things.OrderByDescending(thing => thing.Away)];

    /// <summary>The distance at which a thing of a size takes a share of the picture's height.</summary>
    public float AwayFor(float size, float share) => Math.Max(camera.Focal * size / (share * camera.Height), camera.Nearest * 1.15f);

    /// <summary>What is across in a column, as a share of the width, at a distance.</summary>
    public float Across(float share, float away) => camera.Across(share * camera.Width, away);

    /// <summary>The land's height.</summary>
    public float Ground(float across, float away) => form.Height(across, away);

    /// <summary>Whether a place is dry.</summary>
    public bool IsLand(float across, float away) => !Plan.HasWater || Ground(across, away) > Plan.WaterLevel + 0.015f;

    /// <summary>Whether a place is water, with some around it.</summary>
    public bool IsWater(float across, float away, float room = 0.4f) => Plan.HasWater
        && Ground(across, away) < Plan.WaterLevel - 0.02f && Ground(across - room, away) < Plan.WaterLevel && Ground(across + room, away) < Plan.WaterLevel;

    /// <summary>Whether a place is in the way of the road or the river.</summary>
    public bool OnCourse(float across, float away, float room) =>
        (Plan.Road || Plan.River) && Math.Abs(across - form.Course(away)) < room + (Plan.River ? 1.1f : 0.5f);

    /// <summary>Whether the land in front hides the lower half of a thing of a size.</summary>
    public bool IsHidden(float across, float away, float size)
    {
        var middle = Ground(across, away) + (size * 0.5f);
        for (var share = 0.15f; share < 0.93f; share += 0.06f)
            if (Ground(across * share, away * share) > 1 + ((middle - 1) * share)) return true;
        return false;
    }

    /// <summary>Puts a thing on the ground near a wished place, or on the nearest dry one; null when there is none.</summary>
    public Thing? Stand(SeededRandom random, float share, float away, float size, Action<SceneBrush> draw, bool facesLeft = false, bool keepOffCourse = true)
    {
        for (var attempt = 0; attempt < 60; attempt++)
        {
            var spread = attempt * 0.012f;
            var at = Math.Clamp(share + (random.Range(-1, 1) * spread), 0.03f, 0.97f);
            var far = away * MathF.Exp(random.Range(-1, 1.6f) * spread);
            var across = Across(at, far);
            if (!IsLand(across, far) || (keepOffCourse && OnCourse(across, far, size * 0.2f)) || (attempt < 50 && IsHidden(across, far, size))) continue;
            return Put(new(across, Ground(across, far), far, size, draw) { FacesLeft = facesLeft });
        }

        // Where little of the scene is land, anywhere on it.
        for (var attempt = 0; attempt < 300; attempt++)
        {
            var far = Math.Max(camera.Nearest * 1.2f, away * random.Range(0.45f, 1.6f));
            var across = Across(random.Range(0.04f, 0.96f), far);
            if (IsLand(across, far)) return Put(new(across, Ground(across, far), far, size, draw) { FacesLeft = facesLeft });
        }

        return null;
    }

    /// <summary>Puts a thing on the water near a wished place; null when there is none.</summary>
    public Thing? Float(SeededRandom random, float share, float away, float size, Action<SceneBrush> draw, bool facesLeft = false)
    {
        if (Plan.River && OnRiver(random, size, draw, facesLeft) is { } drifting) return drifting;
        for (var attempt = 0; attempt < 90; attempt++)
        {
            var spread = attempt * 0.014f;
            var at = Math.Clamp(share + (random.Range(-1, 1) * spread), 0.06f, 0.94f);
            var far = away * MathF.Exp(random.Range(-1, 1.4f) * spread);
            var across = Across(at, far);
            if (IsWater(across, far, size * 0.5f)) return Put(new(across, Plan.WaterLevel, far, size, draw) { FacesLeft = facesLeft });
        }

        // Where little of the scene is water, anywhere that has room for half of it.
        for (var attempt = 0; attempt < 300; attempt++)
        {
            var far = Math.Max(camera.Nearest * 1.2f, away * random.Range(0.3f, 1.5f));
            var across = Across(random.Range(0.06f, 0.94f), far);
            if (IsWater(across, far, size * 0.25f)) return Put(new(across, Plan.WaterLevel, far, size, draw) { FacesLeft = facesLeft });
        }

        return null;
    }

    // The near reaches of a river: further on its banks hide it.
    private Thing? OnRiver(SeededRandom random, float size, Action<SceneBrush> draw, bool facesLeft)
    {
        for (var attempt = 0; attempt < 200; attempt++)
        {
            var far = Math.Max(camera.Nearest * 2.2f, 5.5f) * MathF.Exp(random.Range(0, 0.5f + (attempt * 0.005f)));
            var across = form.Course(far) + random.Range(-0.5f, 0.5f);
            var crowded = things.Exists(thing => Math.Abs(thing.Away - far) < 0.24f * far && Math.Abs(thing.Across - across) < size);
            if (!crowded && Math.Abs(across * camera.Focal / far) < camera.Width * 0.42f && IsWater(across, far, size * 0.3f))
                return Put(new(across, Plan.WaterLevel, far, size, draw) { FacesLeft = facesLeft });
        }

        return null;
    }

    /// <summary>Puts a thing into the sky at shares of the picture's width and height.</summary>
    public Thing Fly(float share, float rowShare, float away, float size, Action<SceneBrush> draw, bool facesLeft = false)
    {
        var height = 1 + ((camera.Horizon - (rowShare * camera.Height)) * away / camera.Focal);
        return Put(new(Across(share, away), height, away, size, draw) { FacesLeft = facesLeft });
    }

    /// <summary>Keeps a thing.</summary>
    public Thing Put(Thing thing)
    {
        things.Add(thing);
        return thing;
    }
}
