using PhotoStudio.Core.Operations;
using AdjustOperation = PhotoStudio.Core.Operations.Adjust;

namespace PhotoStudio.Inference.Engines.Adjust;

/// <summary>What is to be changed: exposure in stops, everything else from −1 or 0 to 1; 0 changes nothing.</summary>
internal readonly record struct AdjustSettings(
    float Exposure = 0,
    float Contrast = 0,
    float Highlights = 0,
    float Shadows = 0,
    float Saturation = 0,
    float Vibrance = 0,
    float Temperature = 0,
    float Tint = 0,
    float Sharpness = 0,
    float Vignette = 0)
{
    /// <summary>Whether the amount of light changes, anywhere or in any colour.</summary>
    public bool ChangesLight => Exposure != 0 || Vignette != 0 || Temperature != 0 || Tint != 0;

    /// <summary>Whether tones or the strength of colours change.</summary>
    public bool ChangesTones => Contrast != 0 || Highlights != 0 || Shadows != 0 || Saturation != 0 || Vibrance != 0;

    /// <summary>Takes the settings from a run's parameters; what only colours have is left out for a gray picture.</summary>
    public static AdjustSettings From(OperationParameters parameters, bool gray)
    {
        return new(
            (float)parameters.Get(AdjustOperation.Exposure),
            Share(AdjustOperation.Contrast),
            Share(AdjustOperation.Highlights),
            Share(AdjustOperation.Shadows),
            gray ? 0 : Share(AdjustOperation.Saturation),
            gray ? 0 : Share(AdjustOperation.Vibrance),
            gray ? 0 : Share(AdjustOperation.Temperature),
            gray ? 0 : Share(AdjustOperation.Tint),
            Share(AdjustOperation.Sharpness),
            Share(AdjustOperation.Vignette));

        float Share(NumberParameter parameter) => (float)(parameters.Get(parameter) / 100);
    }
}
