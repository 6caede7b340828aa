namespace PhotoStudio.Core.Operations;

/// <summary>Continues a picture beyond its edges.</summary>
public sealed class Expand : Operation
{
    private const int MaxSide = 8_192;

    /// <summary>New pixels on the left.</summary>
    public static readonly IntegerParameter Left = Border("left");

    /// <summary>New pixels on the right.</summary>
    public static readonly IntegerParameter Right = Border("right");

    /// <summary>New pixels above.</summary>
    public static readonly IntegerParameter Top = Border("top");

    /// <summary>New pixels below.</summary>
    public static readonly IntegerParameter Bottom = Border("bottom");

    /// <summary>The shape of the result.</summary>
    public static readonly AspectRatioParameter Ratio = new(
        "aspect_ratio",
        "Instead of the four sides: the smallest picture of this ratio of width to height that holds the whole picture at its centre, such as 16:9.");

    /// <inheritdoc/>
    public override string Name => "expand";

    /// <inheritdoc/>
    public override string Title => "Expand";

    /// <inheritdoc/>
    public override string Description =>
        "Makes a picture larger by continuing its texture, structure and gradients beyond its edges: by so many pixels on each side, or to an "
        + "aspect ratio. The original pixels stay exactly as they are. EXIF orientation is applied first.";

    /// <inheritdoc/>
    public override IReadOnlyList<InputSlot> Inputs { get; } = [InputSlot.Image];

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; } =
        [Left, Right, Top, Bottom, Ratio, ObjectRemoval.Seed, .. OutputParameters.All];

    /// <inheritdoc/>
    public override OperationCost Cost { get; } = new(QuotaKind.Edit);

    /// <inheritdoc/>
    public override SourceKind Source => SourceKind.Composed;

    /// <inheritdoc/>
    public override void Check(OperationParameters parameters, FaultList faults)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(faults);
        IntegerParameter[] sides = [Left, Right, Top, Bottom];
        var given = sides.Where(side => parameters.Find(side) is not null).ToList();
        if (parameters.Find(Ratio) is not null)
        {
            foreach (var side in given) faults.Add(side.Name, "does not go with aspect_ratio.");
        }
        else if (given.Count == 0)
        {
            faults.Add(Ratio.Name, "is required, unless left, right, top or bottom say how far the picture shall grow.");
        }
        else if (given.All(side => parameters.Find(side) == 0))
        {
            faults.Add(given[0].Name, "left, right, top and bottom are all 0, so that nothing would grow.");
        }
    }

    /// <summary>How many pixels come to each side of a picture of this size.</summary>
    public static (int Left, int Top, int Right, int Bottom) Borders(OperationParameters parameters, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        if (parameters.Find(Ratio) is not { } ratio)
            return (parameters.Find(Left) ?? 0, parameters.Find(Top) ?? 0, parameters.Find(Right) ?? 0, parameters.Find(Bottom) ?? 0);

        var wide = Math.Max(0, (int)Math.Round(height * ratio.Value, MidpointRounding.AwayFromZero) - width);
        var high = wide > 0 ? 0 : Math.Max(0, (int)Math.Round(width / ratio.Value, MidpointRounding.AwayFromZero) - height);
        return (wide / 2, high / 2, wide - (wide / 2), high - (high / 2));
    }

    private static IntegerParameter Border(string name) => new(name, $"New pixels at the picture's {name}, 0 to {MaxSide}.", 0, MaxSide);
}
