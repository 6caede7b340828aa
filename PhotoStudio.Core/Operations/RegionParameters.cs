namespace PhotoStudio.Core.Operations;

/// <summary>
/// How a caller says which part of a picture is meant: a mask picture, boxes, a polygon, or several of them, which then count
/// together. Operations that work on a region share these, and <see cref="CheckInputs"/> and <see cref="CheckSizes"/>.
/// </summary>
public static class RegionParameters
{
    /// <summary>The mask picture.</summary>
    public static InputSlot Mask { get; } = new(
        "mask",
        "The region as a picture of the same size: white is in it, black is not (mask_marks can say otherwise). Boxes or a polygon can stand in for it.",
        Required: false);

    /// <summary>What marks the region in the mask.</summary>
    public static readonly ChoiceParameter<MaskMark> MaskMarks = new(
        "mask_marks",
        "What marks the region in the mask: white, or transparent pixels as in masks for the OpenAI images API. Half-way values count from the middle.",
        MaskMark.White);

    /// <summary>The region as boxes.</summary>
    public static readonly BoxesParameter Boxes = new(
        "boxes", "The region as upright boxes in pixels; what lies outside the picture is passed over. Counts together with mask and polygon.")
    {
        Aliases = ["box"],
    };

    /// <summary>The region as a polygon.</summary>
    public static readonly PolygonParameter Polygon = new(
        "polygon", "The region as a polygon's corners in pixels; what lies outside the picture is passed over. Counts together with mask and boxes.")
    {
        Aliases = ["points"],
    };

    /// <summary>How far the region is grown.</summary>
    public static readonly IntegerParameter Dilate = new(
        "dilate", "By how many pixels the region is grown on all sides, for a mask drawn too tightly.", 0, 256) { Default = 0 };

    /// <summary>How far the border is softened.</summary>
    public static readonly IntegerParameter Feather = new(
        "feather",
        "Over how many pixels, from the border of the grown region inwards, the old content fades into the new. Pixels outside never change.",
        0,
        128) { Default = 0 };

    /// <summary>All of them, in the order a form would show them.</summary>
    public static IReadOnlyList<Parameter> All { get; } = [Boxes, Polygon, MaskMarks, Dilate, Feather];

    /// <summary>Something has to say where: a mask, boxes or a polygon.</summary>
    public static void CheckInputs(OperationParameters parameters, IReadOnlyCollection<string> slots, FaultList faults)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(slots);
        ArgumentNullException.ThrowIfNull(faults);
        var masked = slots.Contains(Mask.Name);
        if (!masked && !parameters.TryGet(Boxes, out _) && !parameters.TryGet(Polygon, out _) && !faults.Has(Mask.Name))
            faults.Add(Mask.Name, "is required, unless boxes or a polygon say which region is meant.");
        if (!masked && parameters.Get(MaskMarks) != MaskMark.White) faults.Add(MaskMarks.Name, "says how a mask is read, but no mask came.");
    }

    /// <summary>The mask has to have the picture's size; every box and the polygon have to meet the picture.</summary>
    public static void CheckSizes(OperationParameters parameters, IReadOnlyList<GivenPicture> pictures, FaultList faults)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(pictures);
        ArgumentNullException.ThrowIfNull(faults);
        var image = pictures.First(picture => picture.Slot == InputSlot.Image.Name);
        if (pictures.FirstOrDefault(picture => picture.Slot == Mask.Name) is { } mask && (mask.Width, mask.Height) != (image.Width, image.Height))
        {
            faults.Add(
                Mask.Name,
                $"must have the picture's size, {image.Width}×{image.Height} pixels; it has {mask.Width}×{mask.Height}.");
        }

        if (parameters.TryGet(Boxes, out var boxes))
        {
            foreach (var box in boxes.Where(box => !box.Meets(image.Width, image.Height)))
                faults.Add(Boxes.Name, $"has a box outside the picture of {image.Width}×{image.Height} pixels: {box}.");
        }

        if (parameters.TryGet(Polygon, out var points) && !Around(points).Meets(image.Width, image.Height))
            faults.Add(Polygon.Name, $"lies outside the picture of {image.Width}×{image.Height} pixels.");
    }

    private static PixelBox Around(IReadOnlyList<PixelPoint> points)
    {
        double left = points.Min(point => point.X), top = points.Min(point => point.Y);
        return new(left, top, points.Max(point => point.X) - left, points.Max(point => point.Y) - top);
    }
}

/// <summary>What marks the region in a mask.</summary>
public enum MaskMark
{
    /// <summary>White pixels; transparent ones count as black.</summary>
    White,

    /// <summary>Transparent pixels, whatever their colour.</summary>
    Transparent,
}
