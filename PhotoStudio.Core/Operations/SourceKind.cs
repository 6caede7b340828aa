namespace PhotoStudio.Core.Operations;

/// <summary>
/// What an operation does to where a picture comes from. Together with the tier of the engine that ran it decides the mark that the
/// result carries (<see cref="Inference.Provenance"/>).
/// </summary>
public enum SourceKind
{
    /// <summary>The content stays what was captured: geometry, file format, light and colours of the whole picture. No mark.</summary>
    Kept,

    /// <summary>The picture is corrected or freed of something, nothing is invented by rule: upscaled, denoised, cut out.</summary>
    Enhanced,

    /// <summary>Parts of the picture are made anew or come from elsewhere: inpainted, expanded, another face, another background.</summary>
    Composed,

    /// <summary>The whole picture is made anew, from words or after another picture.</summary>
    Generated,
}
