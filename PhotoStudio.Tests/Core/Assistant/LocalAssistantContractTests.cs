using PhotoStudio.Core.Assistant;
using PhotoStudio.Core.Assistant.Local;
using PhotoStudio.Tests.Contract;

namespace PhotoStudio.Tests.Core.Assistant;

public sealed class LocalAssistantContractTests : AssistantContract
{
    private static readonly LocalAssistant Shared = new();

    protected override IAssistant Assistant => Shared;
}
