using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace PhotoStudio.Imaging.Metadata;

/// <summary>XMP packets (ISO 16684-1): the few properties that the studio reads and writes.</summary>
public static class XmpPacket
{
    /// <summary>The most characters that a packet is read of; a longer one counts as unreadable.</summary>
    private const int Longest = 4_000_000;

    private static readonly XNamespace Rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    private static readonly XNamespace IptcExtension = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/";
    private static readonly XNamespace Meta = "adobe:ns:meta/";
    private static readonly XNamespace DublinCore = "http://purl.org/dc/elements/1.1/";
    private static readonly XNamespace Photoshop = "http://ns.adobe.com/photoshop/1.0/";
    private static readonly XNamespace Tiff = "http://ns.adobe.com/tiff/1.0/";
    private static readonly XNamespace Exif = "http://ns.adobe.com/exif/1.0/";
    private static readonly XName SourceType = IptcExtension + "DigitalSourceType";
    private static readonly XName Creator = DublinCore + "creator";
    private static readonly XName RightsNotice = DublinCore + "rights";

    /// <summary>The usual prefixes, which some readers rely on.</summary>
    private static readonly Dictionary<string, XNamespace> Prefixes = new(StringComparer.Ordinal)
    {
        ["Iptc4xmpExt"] = IptcExtension,
        ["dc"] = DublinCore,
        ["photoshop"] = Photoshop,
        ["tiff"] = Tiff,
        ["xmpRights"] = "http://ns.adobe.com/xap/1.0/rights/",
        ["cc"] = "http://creativecommons.org/ns#",
        ["plus"] = "http://ns.useplus.org/ldf/xmp/1.0/",
    };

    /// <summary>XMP Rights Management, Creative Commons, and PLUS (licensors and copyright owners).</summary>
    private static readonly HashSet<XNamespace> RightsNamespaces =
        ["http://ns.adobe.com/xap/1.0/rights/", "http://creativecommons.org/ns#", "http://ns.useplus.org/ldf/xmp/1.0/"];

    private static readonly HashSet<XName> RightsProperties =
    [
        Creator, RightsNotice, Photoshop + "Credit", Photoshop + "Source", Photoshop + "AuthorsPosition", Photoshop + "CopyrightFlag",
        Tiff + "Artist", Tiff + "Copyright",
    ];

    private static readonly HashSet<XName> Stale =
    [
        Tiff + "Orientation", Tiff + "ImageWidth", Tiff + "ImageLength", Exif + "PixelXDimension", Exif + "PixelYDimension",
        XNamespace.Get("http://ns.adobe.com/xap/1.0/") + "Thumbnails",
    ];

    /// <summary>A packet that says where a picture comes from (IPTC Photo Metadata Standard, "Digital Source Type").</summary>
    /// <param name="uri">The term's URI.</param>
    public static string WithDigitalSourceType(string uri) => Write([Property(SourceType, uri)]);

    /// <summary>The URI of the picture's digital source type; null when the packet says nothing of it or cannot be read.</summary>
    public static string? DigitalSourceType(ReadOnlySpan<byte> packet)
    {
        // Most packets say nothing of it and need no parsing.
        if (packet.IndexOf("DigitalSourceType"u8) < 0 || Parse(packet) is not { } document) return null;

        foreach (var description in document.Descendants(Rdf + "Description"))
        {
            if (description.Attribute(SourceType)?.Value is { Length: > 0 } attribute) return attribute.Trim();
            if (description.Element(SourceType) is not { } element) continue;
            if (element.Attribute(Rdf + "resource")?.Value is { Length: > 0 } resource) return resource.Trim();
            if (element.Value is { Length: > 0 } text) return text.Trim();
        }

        return null;
    }

    /// <summary>
    /// A packet with nothing but who made the picture, whose it is and under which licence, and with the digital source type given.
    /// </summary>
    /// <param name="packet">The packet to take it from; may be empty or unreadable.</param>
    /// <param name="creator">The creator by other metadata, for a packet that names none.</param>
    /// <param name="rights">The copyright notice by other metadata, for a packet without one.</param>
    /// <param name="digitalSourceType">The URI to write; null for none.</param>
    /// <returns>The packet; null when there is nothing to say.</returns>
    internal static string? OnlyRights(ReadOnlySpan<byte> packet, string? creator, string? rights, string? digitalSourceType)
    {
        var properties = new List<XElement>();
        foreach (var description in Parse(packet)?.Descendants(Rdf + "Description") ?? [])
        {
            // Structures within properties are descriptions too; they come along with theirs.
            if (description.Parent?.Name != Rdf + "RDF") continue;
            properties.AddRange(description.Attributes().Where(known => IsRight(known.Name)).Select(known => Property(known.Name, known.Value)));
            properties.AddRange(description.Elements().Where(known => IsRight(known.Name)).Select(known => new XElement(known)));
        }

        properties.AddRange(Missing(creator, rights, properties.Select(known => known.Name).ToHashSet()));

        if (digitalSourceType is not null) properties.Add(Property(SourceType, digitalSourceType));
        return properties.Count == 0 ? null : Write(properties.DistinctBy(property => property.Name));
    }

    /// <summary>
    /// The packet without what is no longer true of a picture that was written anew: orientation, size and thumbnails; and with the
    /// digital source type given.
    /// </summary>
    /// <param name="packet">The packet; may be empty or unreadable.</param>
    /// <param name="creator">The creator by other metadata, which not every format holds, for a packet that names none.</param>
    /// <param name="rights">The copyright notice by other metadata, for a packet without one.</param>
    /// <param name="digitalSourceType">The URI to write; null for none.</param>
    /// <returns>The packet; null when it cannot be read and there is nothing else to say.</returns>
    internal static string? Renewed(ReadOnlySpan<byte> packet, string? creator, string? rights, string? digitalSourceType)
    {
        if (Parse(packet)?.Root is not { } root || root.DescendantsAndSelf(Rdf + "Description").FirstOrDefault() is not { } first)
            return OnlyRights(default, creator, rights, digitalSourceType);

        foreach (var description in root.DescendantsAndSelf(Rdf + "Description").ToList())
        {
            bool IsOver(XName name) => Stale.Contains(name) || (digitalSourceType is not null && name == SourceType);
            description.Attributes().Where(known => IsOver(known.Name)).Remove();
            description.Elements().Where(known => IsOver(known.Name)).Remove();
        }

        if (digitalSourceType is not null) first.Add(Property(SourceType, digitalSourceType));
        var known = root.DescendantsAndSelf(Rdf + "Description").SelectMany(description =>
            description.Attributes().Select(attribute => attribute.Name).Concat(description.Elements().Select(element => element.Name)));
        first.Add(Missing(creator, rights, known.ToHashSet()));
        return Wrap(root);
    }

    /// <summary>Creator and copyright notice as properties, where they are told and not known yet.</summary>
    private static IEnumerable<XElement> Missing(string? creator, string? rights, HashSet<XName> known)
    {
        if (creator is not null && !known.Contains(Creator))
            yield return new XElement(Creator, new XElement(Rdf + "Seq", new XElement(Rdf + "li", creator)));
        if (rights is not null && !known.Contains(RightsNotice))
        {
            yield return new XElement(
                RightsNotice,
                new XElement(Rdf + "Alt", new XElement(Rdf + "li", new XAttribute(XNamespace.Xml + "lang", "x-default"), rights)));
        }
    }

    /// <summary>Text without what XML cannot hold, cut to a sensible length; null when nothing is left.</summary>
    internal static string? Plain(string text)
    {
        var plain = new string([.. text.Where(c => XmlConvert.IsXmlChar(c) && !char.IsSurrogate(c)).Take(2_000)]).Trim();
        return plain.Length == 0 ? null : plain;
    }

    /// <summary>A packet with these properties of the picture.</summary>
    private static string Write(IEnumerable<XElement> properties)
    {
        var content = properties.ToList();
        var used = content.SelectMany(property => property.DescendantsAndSelf()).Select(element => element.Name.Namespace).ToHashSet();
        var description = new XElement(
            Rdf + "Description",
            new XAttribute(Rdf + "about", ""),
            Prefixes.Where(prefix => used.Contains(prefix.Value)).Select(prefix => new XAttribute(XNamespace.Xmlns + prefix.Key, prefix.Value)),
            content);
        var packet = new XElement(
            Meta + "xmpmeta",
            new XAttribute(XNamespace.Xmlns + "x", Meta.NamespaceName),
            new XElement(Rdf + "RDF", new XAttribute(XNamespace.Xmlns + "rdf", Rdf.NamespaceName), description));

        return Wrap(packet);
    }

    /// <summary>The wrapper by which a scanner finds the packet in any file (ISO 16684-1, 7.3.2).</summary>
    private static string Wrap(XElement packet) =>
        $"<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>{packet.ToString(SaveOptions.DisableFormatting)}<?xpacket end=\"r\"?>";

    private static bool IsRight(XName name) => RightsProperties.Contains(name) || RightsNamespaces.Contains(name.Namespace);

    /// <summary>The packet as XML; null when it is none. No entity is ever resolved.</summary>
    private static XDocument? Parse(ReadOnlySpan<byte> packet)
    {
        if (packet.Length > Longest) return null;

        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = Longest,
        };
        try
        {
            // Packets are padded with blanks and sometimes with zeros, for editing in place.
            using var text = new StringReader(Encoding.UTF8.GetString(packet).Trim('\uFEFF', '\0', ' ', '\r', '\n', '\t'));
            using var reader = XmlReader.Create(text, settings);
            return XDocument.Load(reader);
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static XElement Property(XName name, string value) => new(name, value);
}
