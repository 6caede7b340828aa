using System.Globalization;
using System.Text.Json.Nodes;
using PhotoStudio.Core.Assistant.Local.Reading;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Core.Assistant.Local;

/// <summary>Wishes that only make sense after others: back, again, more, less, that one.</summary>
internal static class ConversationMoves
{
    private static readonly string[] Strengths = ["strength", "imagination", "intensity", "blur"];

    /// <summary>The picture that "undo" or "the second one" goes on with, and what to say.</summary>
    public static (PictureReference? Selected, string? Reply, string? Question) Select(string intent, Clause clause, Pictures pictures, AssistantTexts texts)
    {
        if (intent == "undo")
        {
            var isAll = clause.Value("ordinal") == "original" || clause.Tokens.Any(token => token.Plain is "everything" or "all" or "original" or "over" or "goc" or "dau" or "cero" or "todo");
            var before = isAll ? pictures.Original() : pictures.Before();
            if (before is null || pictures.Results.Count == 0) return (null, texts.Get("nothing-to-undo"), null);
            pictures.Current = before;
            return (before, texts.Get(isAll ? "undone-all" : "undone"), null);
        }

        var found = pictures.Pointed(clause) ?? Numbered(clause, pictures)
            ?? (clause.Has("ordinal") ? null : pictures.Results.Count > 0 ? PictureReference.Result(pictures.Results[^1].Id) : pictures.Current);
        if (found is null) return (null, null, texts.Get("ask.result"));
        pictures.Current = found;
        return (found, texts.Get("selected"), null);
    }

    /// <summary>The last operation once more: with another seed, or stronger or weaker; null when there is nothing to repeat.</summary>
    public static (Operation Operation, JsonObject Parameters, Dictionary<string, PictureReference> Inputs)? Repeat(string intent, Clause clause, Pictures pictures)
    {
        if (pictures.Last is not { } last || !OperationCatalog.TryFind(last.Operation, out var operation)) return null;
        var parameters = (JsonObject)last.Parameters.DeepClone();
        var inputs = new Dictionary<string, PictureReference>(last.Inputs, StringComparer.Ordinal);
        if (intent == "again")
        {
            // "The same for this one" has a picture of its own and keeps the seed.
            if (pictures.Attached.FirstOrDefault() is { } attached && inputs.ContainsKey("image")) inputs["image"] = PictureReference.Attachment(attached.Id);
            else if (operation.FindParameter("seed") is IntegerParameter) parameters["seed"] = NextSeed(clause, parameters);
            return (operation, parameters, inputs);
        }

        var factor = intent == "more" ? 1 + (0.5 * clause.Amount) : clause.Has("halfsize") ? 0.5 : Math.Max(0.1, 1 - (0.4 * clause.Amount));
        if (operation.Name == "adjust")
        {
            foreach (var (name, value) in parameters.ToList())
            {
                if (name != "output_quality" && Number(value) is { } number) parameters[name] = Scaled(operation, name, number, factor);
            }

            return parameters.Count > 0 ? (operation, parameters, inputs) : null;
        }

        if (Strengths.FirstOrDefault(name => operation.FindParameter(name) is NumberParameter) is not { } strength) return null;
        var now = Number(parameters[strength]) ?? ((NumberParameter)operation.FindParameter(strength)!).Default ?? 1;
        parameters[operation.FindParameter(strength)!.Name] = Scaled(operation, strength, now, factor);
        return (operation, parameters, inputs);
    }

    private static PictureReference? Numbered(Clause clause, Pictures pictures)
    {
        if (clause.Number("number") is not { } number) return null;
        var index = (int)Math.Clamp(number, 0, int.MaxValue) - 1;
        var last = pictures.Newest?.Message;
        var group = last is null ? [] : pictures.Results.Where(result => result.Message == last).ToList();
        var list = group.Count > 1 ? group : pictures.Results;
        return index >= 0 && index < list.Count ? PictureReference.Result(list[index].Id) : null;
    }

    private static long NextSeed(Clause clause, JsonObject parameters)
    {
        if (clause.Has("seed") && clause.Number("number") is { } named) return (long)Math.Clamp(named, 0, int.MaxValue);
        return (long)(((Number(parameters["seed"]) ?? 0) + 1) % int.MaxValue);
    }

    private static double Scaled(Operation operation, string name, double value, double factor)
    {
        var limits = (operation.FindParameter(name) as NumberParameter) is { } parameter ? (parameter.Min, parameter.Max) : (double.MinValue, double.MaxValue);
        return Math.Round(Math.Clamp(value * factor, limits.Item1, limits.Item2), 2);
    }

    private static double? Number(JsonNode? value) =>
        value is not null && double.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
