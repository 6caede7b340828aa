using PhotoStudio.Core.Images;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Api.Pictures;

/// <summary>A picture of a request whose header is known to be good and within the limits.</summary>
/// <param name="Slot">The input slot it is for.</param>
/// <param name="Sha256">SHA-256 of the file, 64 lower-case hexadecimal digits.</param>
public abstract record IncomingPicture(string Slot, string Sha256)
{
    /// <summary>Its slot and size.</summary>
    public abstract GivenPicture Given { get; }

    /// <summary>One of the caller's stored pictures.</summary>
    public sealed record Stored(string Slot, StudioImage Image) : IncomingPicture(Slot, Image.Sha256)
    {
        /// <inheritdoc/>
        public override GivenPicture Given => new(Slot, Image.Width, Image.Height);
    }

    /// <summary>A file that came with the request, or that was fetched for it.</summary>
    /// <param name="Slot">The input slot it is for.</param>
    /// <param name="Sha256">SHA-256 of the file.</param>
    /// <param name="File">The bytes.</param>
    /// <param name="ContentType">The media type by its content.</param>
    /// <param name="Extension">The file name extension that goes with it, without a dot.</param>
    /// <param name="Width">Width in pixels, after orientation.</param>
    /// <param name="Height">Height in pixels, after orientation.</param>
    public sealed record Uploaded(
        string Slot, string Sha256, ReadOnlyMemory<byte> File, string ContentType, string Extension, int Width, int Height)
        : IncomingPicture(Slot, Sha256)
    {
        /// <inheritdoc/>
        public override GivenPicture Given => new(Slot, Width, Height);
    }
}
