namespace PhotoStudio.Imaging.Codecs;

/// <summary>The bytes are not a picture the studio can read. The message is fit to show to whoever sent them.</summary>
public sealed class PictureFormatException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The picture is larger than the limits allow. The message is fit to show to whoever sent it.</summary>
public sealed class PictureTooLargeException(string message, Exception? inner = null) : Exception(message, inner);
