using PhotoStudio.Api.Pictures;
using PhotoStudio.Api.Styles;
using PhotoStudio.Core.Operations;
using PhotoStudio.Core.Styles;

namespace PhotoStudio.Api.Processing;

/// <summary>
/// The fields that a job of any type may carry, put into the words of its operation: <c>quality</c>, <c>background</c>, <c>size</c> and
/// <c>stream</c>. Where an operation has a parameter of that name, the field is the parameter.
/// </summary>
internal static class JobFields
{
    private const string QualityField = "quality", SizeField = "size", StreamField = "stream", StyleField = "style_id", FormatField = "output_format";
    private const string WidthName = "width", HeightName = "height";

    private static readonly ChoiceParameter<ResultQuality> Quality = new(QualityField, "How good the result is to be: of the file, and of a model's work.");
    private static readonly BooleanParameter Stream = new(StreamField, "Whether the events carry the pictures themselves, as b64_data.");

    /// <summary>The fields with their descriptions, as parameters.</summary>
    public static IReadOnlyList<Parameter> All { get; } =
        [Quality, FinishParameters.Background, FinishParameters.Size, FinishParameters.StyleId, OutputParameters.Format, Stream];

    /// <summary>Whether the caller wants the pictures in the events.</summary>
    public static bool Streams(RequestContent content) => content.Value(StreamField) is { } raw && Stream.Read(raw, out _) is true;

    /// <summary>The content in the operation's words; faults go under the names that the caller used.</summary>
    public static RequestContent Translate(RequestContent content, Operation operation)
    {
        var values = new List<KeyValuePair<string, RawValue>>(content.Values.Count);
        foreach (var (name, value) in content.Values)
        {
            if (operation.FindParameter(name) is not null)
            {
                values.Add(KeyValuePair.Create(name, value));
                continue;
            }

            switch (name)
            {
                case QualityField:
                    if (Read(Quality, value, content) is ResultQuality quality) values.InsertRange(0, StyleLookup.Quality(operation, quality));
                    break;
                case SizeField:
                    if (Read(FinishParameters.Size, value, content) is Frame { IsAuto: false } frame) values.AddRange(Sides(operation, frame, content));
                    break;
                case StreamField:
                    _ = Read(Stream, value, content);
                    break;
                case "background":
                    if (Read(FinishParameters.Background, value, content) is ResultBackground.Transparent && operation is not RemoveBackground)
                        content.Faults.Add(name, $"{operation.Name} makes no background transparent; remove-background does.");
                    break;
                case StyleField when value.IsAbsent:
                    break;
                case FormatField:
                    // An operation that delivers data writes no file.
                    _ = Read(OutputParameters.Format, value, content);
                    break;
                default:
                    values.Add(KeyValuePair.Create(name, value));
                    break;
            }
        }

        return content with { Values = values };
    }

    private static IEnumerable<KeyValuePair<string, RawValue>> Sides(Operation operation, Frame frame, RequestContent content)
    {
        if (operation.FindParameter(WidthName) is not IntegerParameter || operation.FindParameter(HeightName) is not IntegerParameter)
        {
            content.Faults.Add(SizeField, $"{operation.Name} leaves a picture's size; only auto goes with it.");
            yield break;
        }

        if (content.Value(WidthName) is not null || content.Value(HeightName) is not null)
        {
            content.Faults.Add(SizeField, "cannot go with width and height; send one of the two.");
            yield break;
        }

        yield return KeyValuePair.Create(WidthName, Text(frame.Width));
        yield return KeyValuePair.Create(HeightName, Text(frame.Height));
    }

    private static RawValue Text(int number) => RawValue.FromText(number.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private static object? Read(Parameter parameter, RawValue value, RequestContent content)
    {
        if (value.IsAbsent) return null;
        var read = parameter.Read(value, out var fault);
        if (fault is null) return read;
        content.Faults.Add(parameter.Name, fault);
        return null;
    }
}
