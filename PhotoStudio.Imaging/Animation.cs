namespace PhotoStudio.Imaging;

/// <summary>Pictures of one size and pixel format that are shown one after the other.</summary>
public sealed class Animation
{
    /// <summary>Puts frames together.</summary>
    /// <param name="frames">The frames, at least one, all of one size and pixel format.</param>
    /// <param name="delays">How long each is shown, in milliseconds, one for each frame.</param>
    /// <param name="loops">How often all of it is played; 0 plays it forever.</param>
    /// <exception cref="ArgumentException">There is no frame, frames differ, or there is not one delay for each.</exception>
    public Animation(IReadOnlyList<Picture> frames, IReadOnlyList<int> delays, int loops = 0)
    {
        ArgumentNullException.ThrowIfNull(frames);
        ArgumentNullException.ThrowIfNull(delays);
        ArgumentOutOfRangeException.ThrowIfNegative(loops);
        if (frames.Count == 0) throw new ArgumentException("An animation has at least one frame.", nameof(frames));
        if (frames.Count != delays.Count) throw new ArgumentException("Every frame has one delay.", nameof(delays));
        if (frames.Any(frame => (frame.Width, frame.Height, frame.Format) != (frames[0].Width, frames[0].Height, frames[0].Format)))
            throw new ArgumentException("Frames have one size and one pixel format.", nameof(frames));

        (Frames, Delays, Loops) = (frames, delays, loops);
    }

    /// <summary>The frames in order.</summary>
    public IReadOnlyList<Picture> Frames { get; }

    /// <summary>How long each frame is shown, in milliseconds.</summary>
    public IReadOnlyList<int> Delays { get; }

    /// <summary>How often it is played; 0 plays it forever.</summary>
    public int Loops { get; }

    /// <summary>A picture that does not move.</summary>
    public static Animation Still(Picture picture) => new([picture], [0]);

    /// <summary>The same animation with every frame changed in the same way.</summary>
    public Animation Select(Func<Picture, Picture> change) => new([.. Frames.Select(change)], Delays, Loops);
}
