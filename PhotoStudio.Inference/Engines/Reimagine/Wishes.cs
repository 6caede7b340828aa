using PhotoStudio.Core.Operations;

namespace PhotoStudio.Inference.Engines.Reimagine;

/// <summary>What a prompt asks for, as far as it can be done; null where it says nothing.</summary>
internal sealed record Wishes
{
    /// <summary>Nothing.</summary>
    public static Wishes None { get; } = new();

    /// <summary>Light and colours.</summary>
    public Mood? Mood { get; init; }

    /// <summary>The weather.</summary>
    public Weather? Weather { get; init; }

    /// <summary>The season.</summary>
    public Season? Season { get; init; }

    /// <summary>The background.</summary>
    public Backdrop? Backdrop { get; init; }

    /// <summary>The medium.</summary>
    public PictureStyle? Style { get; init; }

    /// <summary>Whether left and right change places.</summary>
    public bool Mirrored { get; init; }

    /// <summary>Words that say something this cannot do.</summary>
    public IReadOnlyList<string> Unmet { get; init; } = [];

    /// <summary>Whether nothing is wished for that can be done.</summary>
    public bool IsEmpty => Mood is null && Weather is null && Season is null && Backdrop is null && Style is null && !Mirrored;
}
