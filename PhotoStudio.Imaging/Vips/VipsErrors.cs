using System.Runtime.InteropServices;

namespace PhotoStudio.Imaging.Vips;

/// <summary>
/// Keeps apart what libvips says about one call of the codec and about others. Its text stands in one buffer of the whole process, of
/// some ten thousand characters, and is added to by whatever fails or warns. So the buffer is emptied only while no call runs, and
/// a call reads only what was added since it began: its own text is always in there, a text of another call that runs at the same
/// moment may be as well.
/// </summary>
internal static class VipsErrors
{
    // Beyond this the buffer may soon drop what is added.
    private const int Full = 8_000;

    private static readonly Lock Gate = new();
    private static int calls;
    private static int emptied;

    [ThreadStatic]
    private static int depth;

    [ThreadStatic]
    private static int begin;

    [ThreadStatic]
    private static int seen;

    /// <summary>Begins a call on this thread; calls within it belong to it. Dispose it on the same thread.</summary>
    internal static Call Begin()
    {
        if (depth++ == 0)
        {
            lock (Gate)
            {
                calls++;
                if (Length() > Full) Empty();
                Mark();
            }
        }

        return default;
    }

    /// <summary>Lets the call on this thread read only what is added from here on.</summary>
    internal static void Forget()
    {
        lock (Gate) Mark();
    }

    /// <summary>
    /// What was added since the call on this thread began; empty when it was lost because the buffer was full. Outside of a call, all.
    /// </summary>
    internal static string Text()
    {
        lock (Gate)
        {
            var text = Buffer();
            if (depth == 0) return text;
            return seen != emptied || begin > text.Length ? string.Empty : text[begin..];
        }
    }

    private static void Mark() => (begin, seen) = (Length(), emptied);

    private static int Length() => Buffer().Length;

    private static string Buffer() => Marshal.PtrToStringUTF8(VipsNative.ErrorBuffer()) ?? string.Empty;

    private static void Empty()
    {
        VipsNative.ErrorClear();
        emptied++;
    }

    /// <summary>A call of the codec.</summary>
    internal readonly ref struct Call
    {
        /// <summary>Ends the call.</summary>
        public void Dispose()
        {
            if (--depth > 0) return;
            lock (Gate)
            {
                if (--calls == 0) Empty();
            }
        }
    }
}
