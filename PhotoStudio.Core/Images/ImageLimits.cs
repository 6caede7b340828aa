namespace PhotoStudio.Core.Images;

/// <summary>How long what an owner says about a picture may be, in characters.</summary>
public static class ImageLimits
{
    /// <summary>A title.</summary>
    public const int MaxTitleLength = 200;

    /// <summary>A description.</summary>
    public const int MaxDescriptionLength = 2000;

    /// <summary>A comment on a rating.</summary>
    public const int MaxCommentLength = 1000;

    /// <summary>A prompt.</summary>
    public const int MaxPromptLength = 2000;

    /// <summary>A style, an intent, the id of a task.</summary>
    public const int MaxNameLength = 128;

    /// <summary>Settings as JSON.</summary>
    public const int MaxSettingsLength = 16 * 1024;
}
