namespace PhotoStudio.Core.Operations;

/// <summary>
/// What is done to a result once it is made: the style it is painted in, its background, its size. Only for operations that name them among
/// their parameters; left out, nothing is done.
/// </summary>
public static class FinishParameters
{
    /// <summary>The style of the catalogue that the other values came from.</summary>
    public static readonly TextParameter StyleId = new(
        "style_id", "A style of the catalogue (`GET /api/v1/styles`), by its id or its slug. What it sets holds unless it is given too.", 1, 100);

    /// <summary>The style that the builtin engine paints its result in.</summary>
    public static readonly ChoiceParameter<PictureStyle> PaintStyle = new(
        "paint_style", "A style of style-transfer that the finished picture is painted in, where a builtin engine made it; models paint as the prompt says.")
    {
        Except = StyleTransfer.TrainedStyles,
    };

    /// <summary>How much of <see cref="PaintStyle"/>.</summary>
    public static readonly NumberParameter PaintStrength = new("paint_strength", "How much of paint_style: 0 none, 1 all of it; 1 when left out.", 0, 1);

    /// <summary>The size of brushes.</summary>
    public static readonly NumberParameter Brush = new(
        "brush", "How large brushes, dots, tiles and lines are: 1 is the style's own size, 0.4 the finest, 2.5 the broadest.", 0.4, 2.5);

    /// <summary>The colours of a painted picture.</summary>
    public static readonly ChoiceParameter<StylePalette> Palette = new("palette", "The colours that the painted picture is brought to; own leaves them as the style has them.");

    /// <summary>The background.</summary>
    public static readonly ChoiceParameter<ResultBackground> Background = new(
        "background",
        "transparent cuts the subject out, which takes a format with alpha; opaque puts white behind whatever is transparent; auto leaves it.");

    /// <summary>The size of the result.</summary>
    public static readonly FrameParameter Size = new("size", "The frame that the result is scaled to fit into, such as 1024x1024; its proportions stay. auto leaves its size.");

    /// <summary>Whether the result is to be cut out.</summary>
    public static bool IsTransparent(OperationParameters parameters) => Find(parameters, Background) == ResultBackground.Transparent;

    /// <summary>The value of a parameter that the operation may not have, and the caller may not have given.</summary>
    public static T? Find<T>(OperationParameters parameters, Parameter<T> parameter)
        where T : struct
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return parameters.Operation.Parameters.Contains(parameter) ? parameters.Find(parameter) : null;
    }

    /// <summary>Checks that the file format can hold the background.</summary>
    public static void Check(OperationParameters parameters, FaultList faults)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(faults);
        if (IsTransparent(parameters) && parameters.Get(OutputParameters.Format) == OutputFormat.Jpeg)
            faults.Add(Background.Name, "transparent needs a format with alpha: png, webp, avif, tiff or gif, or auto.");
    }
}

/// <summary>The background of a result.</summary>
public enum ResultBackground
{
    /// <summary>As it comes.</summary>
    Auto,

    /// <summary>The subject alone; everything else is transparent.</summary>
    Transparent,

    /// <summary>White behind whatever is transparent.</summary>
    Opaque,
}

/// <summary>The colours that a painted picture is brought to.</summary>
public enum StylePalette
{
    /// <summary>The style's own.</summary>
    Own,

    /// <summary>Golden light.</summary>
    Warm,

    /// <summary>Blue light.</summary>
    Cool,

    /// <summary>Stronger colours and contrasts.</summary>
    Vivid,

    /// <summary>Quiet, grayish colours.</summary>
    Muted,

    /// <summary>Light, milky colours.</summary>
    Pastel,

    /// <summary>Dark tones; only the lights keep their colours.</summary>
    Dark,

    /// <summary>Brown ink from dark to paper.</summary>
    Sepia,

    /// <summary>Gray tones.</summary>
    Mono,

    /// <summary>From indigo through magenta to gold.</summary>
    Sunset,

    /// <summary>From deep green to pale yellow.</summary>
    Forest,

    /// <summary>From black through blue to ice.</summary>
    Ice,
}
