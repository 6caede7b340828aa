using PhotoStudio.Core.Assistant.Local.Reading;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Core.Assistant.Local;

/// <summary>The pictures that a message can mean, and which one it does.</summary>
internal sealed class Pictures
{
    private readonly ConversationContext context;

    public Pictures(ConversationContext context)
    {
        this.context = context;
        Current = Attached.FirstOrDefault() is { } attached ? PictureReference.Attachment(attached.Id)
            : context.Current ?? (Newest is { } result ? PictureReference.Result(result.Id) : EarlierAttachment());
    }

    /// <summary>The picture that the next step works on; null where there is none.</summary>
    public PictureReference? Current { get; set; }

    /// <summary>What the conversation has made.</summary>
    public IReadOnlyList<EarlierResult> Results => context.Results;

    /// <summary>The newest of them; null without any.</summary>
    public EarlierResult? Newest => context.Results is [.., var newest] ? newest : null;

    /// <summary>The pictures that came with the message and are not masks.</summary>
    public IEnumerable<AttachedPicture> Attached => context.Attachments.Where(picture => picture.Slot != RegionParameters.Mask.Name);

    /// <summary>The result that "again" and "more" are about.</summary>
    public EarlierResult? Last => context.Current is { Origin: PictureOrigin.Result } current
        ? context.Results.LastOrDefault(result => result.Id == current.Id) ?? Newest
        : Newest;

    /// <summary>The picture that a clause points at ("the second one", "the original"); null where it does not.</summary>
    public PictureReference? Pointed(Clause clause)
    {
        if (clause.Value("ordinal") is not { } ordinal) return null;
        var attached = Attached.ToList();
        if (ordinal == "original") return Original();
        if (ordinal == "last") return Newest is { } newest ? PictureReference.Result(newest.Id) : Current;
        if (ordinal == "previous") return Results.Count > 1 ? PictureReference.Result(Results[^2].Id) : Before();
        var index = int.Parse(ordinal, System.Globalization.CultureInfo.InvariantCulture) - 1;
        if (attached.Count > 1) return index < attached.Count ? PictureReference.Attachment(attached[index].Id) : null;
        var group = Newest?.Message is { } message ? Results.Where(result => result.Message == message).ToList() : [];
        var list = group.Count > 1 ? group : Results;
        return index < list.Count ? PictureReference.Result(list[index].Id) : null;
    }

    /// <summary>The picture before the current one; null where there is none.</summary>
    public PictureReference? Before() => Last is not { } last ? null : last.Inputs.GetValueOrDefault("image") ?? last.Inputs.GetValueOrDefault("target")
        ?? (Results.Count > 1 ? PictureReference.Result(Results[^2].Id) : null);

    /// <summary>What everything began with; null where there is nothing.</summary>
    public PictureReference? Original()
    {
        var at = Last;
        PictureReference? found = at is null ? EarlierAttachment() : PictureReference.Result(at.Id);
        for (var depth = 0; at is not null && depth < 1_000; depth++)
        {
            if ((at.Inputs.GetValueOrDefault("image") ?? at.Inputs.GetValueOrDefault("target")) is not { } from) break;
            found = from;
            at = from.Origin == PictureOrigin.Result ? Results.LastOrDefault(result => result.Id == from.Id) : null;
        }

        return found;
    }

    /// <summary>The picture for each input of an operation; what is missing is left out.</summary>
    public Dictionary<string, PictureReference> Inputs(Operation operation, Clause clause, bool usesSecond)
    {
        var inputs = new Dictionary<string, PictureReference>(StringComparer.Ordinal);
        foreach (var attached in context.Attachments.Where(attached => attached.Slot is not null && operation.Inputs.Any(slot => slot.Name == attached.Slot)))
            inputs[attached.Slot!] = PictureReference.Attachment(attached.Id);
        var free = Attached.Where(attached => attached.Slot is null).Select(attached => PictureReference.Attachment(attached.Id)).ToList();
        var older = context.Current ?? (Newest is { } result ? PictureReference.Result(result.Id) : EarlierAttachment());
        if (operation.Inputs.Any(slot => slot.Name == "target"))
        {
            var pool = new Queue<PictureReference>(free.Count == 1 && older is not null ? [free[0], older] : free);
            foreach (var slot in operation.Inputs)
                if (!inputs.ContainsKey(slot.Name) && pool.TryDequeue(out var next)) inputs[slot.Name] = next;
            return inputs;
        }

        if (operation.Inputs.FirstOrDefault(slot => slot.Name is "image") is { } image && !inputs.ContainsKey(image.Name)
            && (Pointed(clause) ?? Current) is { } current)
        {
            inputs[image.Name] = current;
        }

        // The second picture of an operation: the other one that came, or the one that came beside an earlier result.
        if (usesSecond && operation.Inputs.FirstOrDefault(slot => !slot.Required && slot.Name != RegionParameters.Mask.Name) is { } second && !inputs.ContainsKey(second.Name))
        {
            if (free.Count > 1) inputs[second.Name] = free[1];
            else if (free.Count == 1 && older is not null) (inputs["image"], inputs[second.Name]) = (older, free[0]);
        }

        return inputs;
    }

    private PictureReference? EarlierAttachment() => context.Messages.LastOrDefault(message => message.Attachments.Count > 0) is { } message
        ? PictureReference.Attachment(message.Attachments[0].Id)
        : null;
}
