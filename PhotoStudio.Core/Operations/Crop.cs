namespace PhotoStudio.Core.Operations;

/// <summary>Cuts a rectangle out of a picture.</summary>
public sealed class Crop : Operation
{
    /// <summary>The box's left edge.</summary>
    public static readonly IntegerParameter X = new(
        "x", "Left edge of the box in pixels from the picture's left; gravity decides when x and y are left out.", 0, 16_383)
    {
        Aliases = ["left"],
    };

    /// <summary>The box's upper edge.</summary>
    public static readonly IntegerParameter Y = new(
        "y", "Upper edge of the box in pixels from the picture's top; gravity decides when x and y are left out.", 0, 16_383)
    {
        Aliases = ["top"],
    };

    /// <summary>The box's width.</summary>
    public static readonly IntegerParameter Width = new("width", "Width of the box in pixels; at most the picture's.", 1, 16_384);

    /// <summary>The box's height.</summary>
    public static readonly IntegerParameter Height = new("height", "Height of the box in pixels; at most the picture's.", 1, 16_384);

    /// <summary>The shape of the largest possible box.</summary>
    public static readonly AspectRatioParameter Ratio = new(
        "aspect_ratio", "Instead of width and height: the largest box with this ratio of width to height, such as 16:9.");

    /// <summary>Where the box lies.</summary>
    public static readonly ChoiceParameter<Gravity> Gravity = new(
        "gravity",
        "Where the box lies when x and y are left out: at the centre, an edge or a corner; "
        + "smart: over what stands out most in the picture.",
        Operations.Gravity.Center)
    {
        ChoiceAliases = new Dictionary<string, Gravity>(StringComparer.Ordinal)
        {
            ["centre"] = Operations.Gravity.Center,
            ["top"] = Operations.Gravity.North,
            ["right"] = Operations.Gravity.East,
            ["bottom"] = Operations.Gravity.South,
            ["left"] = Operations.Gravity.West,
            ["auto"] = Operations.Gravity.Smart,
        },
    };

    /// <inheritdoc/>
    public override string Name => "crop";

    /// <inheritdoc/>
    public override string Title => "Crop";

    /// <inheritdoc/>
    public override string Description =>
        "Cuts a box out of a picture, given by its edges, or by its size or aspect ratio "
        + "and a place. Every pixel keeps its exact colour. EXIF orientation is applied first.";

    /// <inheritdoc/>
    public override IReadOnlyList<InputSlot> Inputs { get; } = [InputSlot.Image];

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; } = [X, Y, Width, Height, Ratio, Gravity, .. OutputParameters.All];

    /// <inheritdoc/>
    public override bool KeepsAnimation => true;

    /// <inheritdoc/>
    public override OperationCost Cost { get; } = new(QuotaKind.None);

    /// <inheritdoc/>
    public override void Check(OperationParameters parameters, FaultList faults)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(faults);
        bool x = parameters.Find(X) is not null, y = parameters.Find(Y) is not null;
        bool width = parameters.Find(Width) is not null, height = parameters.Find(Height) is not null;
        if (parameters.Find(Ratio) is not null)
        {
            foreach (var (given, parameter) in (ReadOnlySpan<(bool, IntegerParameter)>)[(x, X), (y, Y), (width, Width), (height, Height)])
                if (given) faults.Add(parameter.Name, "does not go with aspect_ratio.");
            return;
        }

        if (!width) faults.Add(Width.Name, "is required, unless aspect_ratio is given.");
        if (!height) faults.Add(Height.Name, "is required, unless aspect_ratio is given.");
        if (x != y) faults.Add(x ? Y.Name : X.Name, "is required: x and y go together.");
    }
}

/// <summary>Where a box lies in a picture.</summary>
public enum Gravity
{
    /// <summary>In the middle; an odd remainder goes to the right and the bottom.</summary>
    Center,

    /// <summary>At the middle of the top.</summary>
    North,

    /// <summary>In the upper right corner.</summary>
    NorthEast,

    /// <summary>At the middle of the right edge.</summary>
    East,

    /// <summary>In the lower right corner.</summary>
    SouthEast,

    /// <summary>At the middle of the bottom.</summary>
    South,

    /// <summary>In the lower left corner.</summary>
    SouthWest,

    /// <summary>At the middle of the left edge.</summary>
    West,

    /// <summary>In the upper left corner.</summary>
    NorthWest,

    /// <summary>Over what stands out most.</summary>
    Smart,
}
