namespace PhotoStudio.Core;

/// <summary>
/// A store could not keep or read something: disk full, folder read-only, server unreachable. Whatever was being written
/// is not there, not half there. The message says what an operator can do about it and names no path.
/// </summary>
public sealed class StorageException(string message, Exception? inner = null) : Exception(message, inner);
