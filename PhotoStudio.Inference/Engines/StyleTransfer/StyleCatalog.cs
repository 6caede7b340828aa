using PhotoStudio.Core.Operations;

namespace PhotoStudio.Inference.Engines.StyleTransfer;

/// <summary>The built-in styles by name.</summary>
internal static class StyleCatalog
{
    private static readonly Dictionary<PictureStyle, IPictureStyle> Styles = typeof(StyleCatalog).Assembly.GetTypes()
        .Where(type => type is { IsAbstract: false } && typeof(IPictureStyle).IsAssignableFrom(type))
        .Select(type => (IPictureStyle)Activator.CreateInstance(type)!)
        .ToDictionary(style => style.Style);

    /// <summary>The painter of a style.</summary>
    public static IPictureStyle Get(PictureStyle style) => Styles[style];
}
