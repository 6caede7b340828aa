namespace PhotoStudio.Imaging.Vips;

/// <summary>libvips reported an error; the message is its own.</summary>
public sealed class VipsException(string message) : Exception(message)
{
    /// <summary>
    /// Takes the text out of libvips' error buffer, which is left empty. The buffer belongs to the whole process: when two
    /// operations fail at the same moment one of them may find it empty already.
    /// </summary>
    internal static VipsException Take(string during)
    {
        var pointer = VipsNative.ErrorBufferCopy();
        try
        {
            var text = System.Runtime.InteropServices.Marshal.PtrToStringUTF8(pointer) ?? string.Empty;
            var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            var message = string.Join("; ", lines.Distinct(StringComparer.Ordinal));
            return new VipsException(message.Length > 0 ? message : $"{during} failed");
        }
        finally
        {
            VipsNative.Free(pointer);
        }
    }
}

/// <summary>libvips cannot be loaded. The message says what is missing and how to get it.</summary>
public sealed class VipsLibraryException(string message, Exception? inner = null) : Exception(message, inner);
