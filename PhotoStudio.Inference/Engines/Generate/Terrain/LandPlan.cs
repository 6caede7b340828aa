using PhotoStudio.Inference.Algorithms;

namespace PhotoStudio.Inference.Engines.Generate.Terrain;

/// <summary>What the land of a scene is made of; lengths are in the viewer's eye heights.</summary>
internal sealed record LandPlan
{
    /// <summary>Height of hills in the middle distance.</summary>
    public float Hills { get; init; } = 0.9f;

    /// <summary>Height of the mountains.</summary>
    public float Mountains { get; init; }

    /// <summary>Distance at which the mountains begin.</summary>
    public float MountainStart { get; init; } = 34;

    /// <summary>Whether the mountains are one cone with a crater.</summary>
    public bool Volcano { get; init; }

    /// <summary>Height of dunes; 0 for none.</summary>
    public float Dunes { get; init; }

    /// <summary>Whether heights come in steps of rock, with a gorge between.</summary>
    public bool Canyon { get; init; }

    /// <summary>Whether the slopes are cut into flooded terraces.</summary>
    public bool Terraces { get; init; }

    /// <summary>Height of the water.</summary>
    public float WaterLevel { get; init; } = -0.06f;

    /// <summary>Whether there is water at all.</summary>
    public bool HasWater => Lake || Sea || River || Flooded;

    /// <summary>A lake in the middle distance.</summary>
    public bool Lake { get; init; }

    /// <summary>The sea, up to the horizon.</summary>
    public bool Sea { get; init; }

    /// <summary>Whether the sea comes up to the viewer, without a beach.</summary>
    public bool OpenSea { get; init; }

    /// <summary>A river that winds into the distance.</summary>
    public bool River { get; init; }

    /// <summary>Whether the ground is under shallow water, as beside a city's waterfront.</summary>
    public bool Flooded { get; init; }

    /// <summary>How wide the river is, as a share of a brook.</summary>
    public float RiverWidth { get; init; } = 1;

    /// <summary>A hill of its own for what stands on it; null for none.</summary>
    public Knoll? Knoll { get; init; }

    /// <summary>A road or path that winds into the distance.</summary>
    public bool Road { get; init; }

    /// <summary>Whether the beach runs far out on one side, so that something can stand on it.</summary>
    public bool Spit { get; init; }

    /// <summary>An island in the water.</summary>
    public bool Island { get; init; }

    /// <summary>Cliffs along one side of the sea.</summary>
    public bool Cliffs { get; init; }

    /// <summary>What the ground is covered with: grass, sand, snow, ice, soil, forest, wheat, lavender, flowers, rock, paving.</summary>
    public string Cover { get; init; } = "grass";

    /// <summary>Height above which the mountains are white; out of reach for none.</summary>
    public float SnowLine { get; init; } = 9;

    /// <summary>Whether far slopes are wooded.</summary>
    public bool Wooded { get; init; }

    /// <summary>The side of the main mass, -1 left to 1 right; the opening is on the other side.</summary>
    public float Mass { get; init; } = 0.5f;

    /// <summary>Where the water or the road swings.</summary>
    public float Swing { get; init; }
}

/// <summary>A rounded hill that carries a building.</summary>
/// <param name="Across">Its middle, to the right of the view's middle.</param>
/// <param name="Away">Its middle's distance.</param>
/// <param name="Height">Its height above the land.</param>
/// <param name="Radius">How far it reaches.</param>
internal sealed record Knoll(float Across, float Away, float Height, float Radius)
{
    /// <summary>How much of the picture's height a building on it takes.</summary>
    public const float Part = 0.29f;

    /// <summary>The height at a place.</summary>
    public float At(float x, float z)
    {
        float dx = (x - Across) / Radius, dz = (z - Away) / (Radius * 1.3f);
        var distance = MathF.Sqrt((dx * dx) + (dz * dz));

        // Flat on top, so that walls stand level.
        return Height * Painting.Tone.Step(1, 0.22f, distance);
    }
}

/// <summary>The height of the land at any place: sums of noise, shaped by the plan so that the view stays open.</summary>
internal sealed class LandForm
{
    /// <summary>The height of one terrace of a rice field.</summary>
    public const float TerraceStep = 0.3f;

    private readonly LandPlan plan;
    private readonly GradientNoise noise;
    private readonly float offsetX;
    private readonly float offsetZ;
    private readonly float basin;

    public LandForm(LandPlan plan, SeededRandom random)
    {
        this.plan = plan;
        noise = new(random);
        (offsetX, offsetZ) = (random.Range(0, 200), random.Range(0, 200));
        basin = random.Range(0.8f, 1.25f);
    }

    /// <summary>The noise that shapes the land, for textures that go with it.</summary>
    public GradientNoise Noise => noise;

    /// <summary>The plan.</summary>
    public LandPlan Plan => plan;

    /// <summary>The height at a place.</summary>
    public float Height(float x, float z)
    {
        float px = x + offsetX, pz = z + offsetZ;
        var near = Smooth(1.5f, 9, z);
        var height = 0.16f * near * noise.Fractal(px * 0.16f, pz * 0.16f, 4);
        if (plan.Hills > 0)
        {
            var roll = 0.5f + (0.62f * noise.Fractal(px * 0.034f, pz * 0.034f, 5, 0.42f));
            height += plan.Hills * Math.Max(0, roll) * Smooth(5, 34, z) * (1 + (0.012f * z));
        }

        if (plan.Dunes > 0) height += Dune(px, pz, z);
        if (plan.Mountains > 0) height += plan.Volcano ? Cone(x, z, px, pz) : Range(x, z, px, pz);
        if (plan.Canyon) height = Steps(height + Gorge(x, z, px, pz));
        if (plan.Terraces) height = Terrace(height);
        height = Carve(height, x, z, px, pz);
        if (plan.Knoll is not { } knoll) return height;
        var rise = knoll.At(x, z) * (1 + (0.5f * (1 - (knoll.At(x, z) / knoll.Height)) * noise.Fractal(px * 0.1f, pz * 0.1f, 4)));
        return rise > 0.02f ? Math.Max(height, plan.WaterLevel + (0.3f * Math.Min(1, rise))) + rise : height;
    }

    /// <summary>Where the middle of the river or road is at a distance.</summary>
    public float Course(float z)
    {
        // A sine of the logarithm of the distance is an even S in perspective.
        var log = MathF.Log(Math.Max(z, 0.3f));
        return z * 0.34f * MathF.Sin((log * 1.9f) + plan.Swing) * MathF.Exp(-z * 0.012f);
    }

    /// <summary>How much a place belongs to the road, 0–1.</summary>
    public float OnRoad(float x, float z)
    {
        if (!plan.Road) return 0;
        var half = 0.42f + (0.04f * noise.At(x * 1.3f, z * 1.3f));
        return Smooth(half + 0.12f, half - 0.04f, Math.Abs(x - Course(z)));
    }

    private float Range(float x, float z, float px, float pz)
    {
        var start = plan.MountainStart;
        var mask = Smooth(start * 0.75f, start * 2.1f, z);
        if (mask <= 0) return 0;

        // One main mass on one third, a lesser one on the other, an opening between.
        var bearing = x / z;
        float main = bearing - (plan.Mass * 0.3f), other = bearing + (plan.Mass * 0.62f);
        var mass = 0.42f + (0.75f * MathF.Exp(-main * main / 0.035f)) + (0.4f * MathF.Exp(-other * other / 0.06f));
        var scale = 0.62f / start;
        float warpX = noise.Fractal(px * scale * 1.4f, pz * scale * 1.4f, 2), warpZ = noise.Fractal((px * scale * 1.4f) + 40, (pz * scale * 1.4f) + 40, 2);
        var ridge = noise.Ridged((px * scale) + (0.35f * warpX), (pz * scale) + (0.35f * warpZ), 8, 0.49f);
        return plan.Mountains * mask * mass * (0.16f + (1.25f * ridge * MathF.Sqrt(Math.Max(ridge, 0))));
    }

    private float Cone(float x, float z, float px, float pz)
    {
        var away = plan.MountainStart * 1.9f;
        float dx = x - (plan.Mass * away * 0.16f), dz = (z - away) * 0.9f;
        var distance = MathF.Sqrt((dx * dx) + (dz * dz)) / (plan.Mountains * 1.9f);
        var gullies = 0.07f * noise.Ridged(MathF.Atan2(dz, dx) * 5, distance * 1.2f, 4) * Smooth(0, 0.3f, distance);
        var cone = MathF.Exp(-distance * 2.3f) * 1.22f;
        var crater = distance < 0.115f ? (0.115f - distance) * 2.6f : 0;
        var foot = 0.05f * noise.Fractal(px * 0.05f, pz * 0.05f, 4) * Smooth(8, 30, z);
        return plan.Mountains * (cone - gullies - crater + foot - 0.02f);
    }

    private float Dune(float px, float pz, float z)
    {
        // Long crests that wind away from the viewer: a gentle slope to windward, a steep one in the lee of a sharp edge.
        var large = Wave(px * 0.052f, pz * 0.026f, 1.5f, 0);
        var lesser = Wave(px * 0.16f, pz * 0.085f, 1.1f, 31);
        var far = Wave(px * 0.02f, pz * 0.03f, 1.2f, 67);
        return plan.Dunes * ((1.05f * Smooth(2, 24, z) * large) + (0.09f * Smooth(1.5f, 6, z) * lesser) + (1.7f * Smooth(40, 110, z) * far) - (0.36f * Smooth(2, 18, z)));

        float Wave(float u, float v, float bend, float shift)
        {
            var phase = u + (0.6f * v) + (bend * noise.Fractal((u * 0.55f) + shift, (v * 0.75f) + shift, 3, 0.4f));
            var part = phase - MathF.Floor(phase);
            var slope = part < 0.68f ? part / 0.68f : (1 - part) / 0.32f;
            var strength = 0.62f + (0.6f * noise.At((u * 0.7f) + shift + 5, (v * 1.1f) + shift));
            return MathF.Pow(slope, 1.25f) * Math.Clamp(strength, 0.15f, 1.2f);
        }
    }

    private float Gorge(float x, float z, float px, float pz)
    {
        var side = Math.Abs(x - (Course(z) * 1.6f)) - (3.2f * basin) - (1.5f * noise.Fractal(px * 0.09f, pz * 0.09f, 4));
        var wall = Smooth(0, 7, side) * Smooth(7, 16, z);
        return wall * (7.4f + (5 * noise.Fractal(px * 0.045f, pz * 0.045f, 4)) + (0.02f * z));
    }

    private static float Steps(float height)
    {
        const float Step = 1.1f;
        var level = MathF.Floor(height / Step);
        var part = (height / Step) - level;
        return height < 0.4f ? height : (level + (0.86f * Smooth(0.08f, 0.92f, part)) + (0.14f * part)) * Step;
    }

    private static float Terrace(float height)
    {
        if (height < 0.12f) return height;
        var level = MathF.Floor(height / TerraceStep);
        var part = (height / TerraceStep) - level;
        return (level + (Smooth(0.72f, 1, part) * 0.98f) + 0.01f) * TerraceStep;
    }

    private float Carve(float height, float x, float z, float px, float pz)
    {
        if (plan.River)
        {
            var half = (0.75f + (0.25f * noise.At(px * 0.2f, pz * 0.2f))) * (1 + (z * 0.012f)) * basin * plan.RiverWidth;
            var distance = Math.Abs(x - Course(z)) / half;
            var bank = Smooth(0.75f, 1.9f, distance);
            height = Math.Max(height, plan.WaterLevel + 0.05f);
            height = (plan.WaterLevel - 0.12f) + ((height - (plan.WaterLevel - 0.12f)) * bank);
        }

        if (plan.Lake)
        {
            var shore = 0.5f * noise.Fractal(px * 0.13f, pz * 0.13f, 5);
            var far = plan.MountainStart * 0.72f;
            var inside = Smooth(3.2f * basin, 6.2f * basin, z + (shore * 3.2f)) * Smooth(far * 1.25f, far * 0.8f, z + (shore * 14));
            var bays = Smooth(0.95f, 0.55f, Math.Abs((x / z) + (plan.Mass * 0.1f)) + (shore * 0.4f) - (0.1f * Smooth(4, 14, z)));
            inside *= bays;
            height = Math.Max(height, plan.WaterLevel + 0.03f);
            height = Tone(height, plan.WaterLevel - 0.9f, inside);
        }

        if (plan.Sea) height = Shore(height, x, z, px, pz);
        if (plan.Flooded) height = Tone(height, plan.WaterLevel - 0.6f, Smooth(2, 4, z) * Smooth(60, 44, z));
        return height;
    }

    private float Shore(float height, float x, float z, float px, float pz)
    {
        var wander = noise.Fractal(px * 0.11f, pz * 0.11f, 5);
        var line = plan.OpenSea ? -10 : 3.4f * basin;
        var beyond = z - line - (plan.Mass * x * (plan.Spit ? 2.3f : 1.15f)) - (wander * 1.6f);
        var bed = Math.Max(-3, 0.02f - (beyond * 0.11f));
        var land = plan.Cliffs ? Cliff(x, z, px, pz, bed) : bed;
        if (plan.Island)
        {
            float dx = (x + (plan.Mass * 6.5f)) / 5.2f, dz = (z - 26) / 6.5f;
            var rise = 1 - MathF.Sqrt((dx * dx) + (dz * dz)) + (0.35f * wander);
            land = Math.Max(land, (rise * 2.6f * (0.75f + (0.5f * noise.Fractal(px * 0.3f, pz * 0.3f, 4)))) - 0.3f);
        }

        // Mountains rise behind the water; hills of the near side end at the beach.
        var shore = Smooth(1.5f, -2, beyond);
        var behind = plan.Mountains > 0 ? Smooth(plan.MountainStart * 0.8f, plan.MountainStart * 1.1f, z + (wander * 8)) : 0;
        return Math.Max(Tone(land, Math.Max(height, land), shore), Tone(-3, height, behind));
    }

    private float Cliff(float x, float z, float px, float pz, float bed)
    {
        var side = plan.Mass > 0 ? 1 : -1;
        var inland = (side * x) - (1.9f + (0.16f * z)) - (2.2f * noise.Fractal(px * 0.12f, pz * 0.12f, 5));
        var top = 3.2f + (0.9f * noise.Fractal(px * 0.06f, pz * 0.06f, 3));
        var wall = Smooth(-0.1f, 0.9f, inland) * Smooth(4, 8, z) * Smooth(75, 40, z);
        return Tone(bed, top, wall);
    }

    private static float Tone(float from, float to, float share) => from + ((to - from) * share);

    private static float Smooth(float low, float high, float value) => Painting.Tone.Step(low, high, value);
}
